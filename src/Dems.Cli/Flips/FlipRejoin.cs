using Dems.Cli.Chaos;
using Dems.Cli.Commands;
using Dems.Cli.Network;
using Dems.Grains.Hosting;
using Dems.Replication.Shell;
using Dems.Replication.Verification;

namespace Dems.Cli.Flips;

/// <summary>
/// All members died when the victim had just voted for a height that nobody decided, and a byte of the victim's log flips: SQLite drops the log from there on, and with
/// it what the victim remembers of its votes. Started again beside its peers, who go on at that very height, it must notice, sign nothing twice, abstain, catch up
/// and vote again.
/// </summary>
internal sealed class FlipRejoin(FlipStage stage, ChainVerifier verifier)
{
    /// <summary>So much of the log's end holds the last votes.</summary>
    private const int TailBytes = 6 * 8_216;

    /// <summary>An abstention ends two blocks above what the peers prove; one more block is voted on.</summary>
    private const int MostBlocks = 20;

    /// <summary>Tries one flip.</summary>
    /// <param name="inTail">Whether the byte lies where the last votes are, or anywhere in the log.</param>
    /// <param name="name">Folder for the copies; it stays if anything is wrong.</param>
    public async Task<FlipOutcome> RunAsync(bool inTail, Random random, string name, CancellationToken cancellationToken)
    {
        var directory = stage.FilesIn(name).Folder;
        FolderCopy.Make(stage.FrozenDirectory, directory);
        var victim = MemberFolder.FilesOf(NetworkFolder.MemberOf(directory, FlipStage.Victim), stage.Peers.Pool);
        var length = (int)new FileInfo(victim.Database + "-wal").Length;
        var offset = inTail ? random.Next(length - TailBytes, length) : random.Next(length);
        new Flip(StoredKind.WalFrame, new ByteMap.Place(InLog: true, offset), (byte)random.Next(1, 256)).Apply(victim);

        var violations = new List<string>();
        var report = await RestartAsync(directory, violations, cancellationToken);
        var verified = await FolderVerification.RunAsync(verifier, victim, stage.Peers.Chain, cancellationToken);
        if (verified.FirstDamage is { } damage)
        {
            violations.Add($"is not sound after the repair: {damage}");
        }

        if (violations.Count == 0)
        {
            Directory.Delete(directory, recursive: true);
        }

        return new FlipOutcome(StoredKind.WalFrame, report is not null, report, violations);
    }

    private async Task<string?> RestartAsync(string directory, List<string> violations, CancellationToken cancellationToken)
    {
        await using var network = new BareNetwork(directory, stage.SignedBeforeFreezing);
        await Task.WhenAll(Enumerable.Range(0, FlipStage.Members).Select(
            i => network.StartAsync(i, MemberFolder.FilesOf(NetworkFolder.MemberOf(directory, i), network.Pool), cancellationToken)));
        var victim = network.Running.ElementAt(FlipStage.Victim);
        var report = victim.Found.FirstOrDefault(damage => damage.What == "wal");
        if (report is null)
        {
            violations.Add("the lost tail of the log was not found");
        }

        try
        {
            await stage.WaitAsync(() => network.Running.All(member => member.Standing.Ready), "the members did not become ready", cancellationToken);
            await VoteAgainAsync(network, cancellationToken);
            ExpectAbstention(network, victim, violations);
            await stage.SettleAsync(network, cancellationToken);
        }
        catch (CommandException e)
        {
            violations.Add(e.Message);
        }

        violations.AddRange(network.Running.SelectMany(member => member.TakeTroubles()));
        violations.AddRange(network.Doubles.Select(place => $"signed twice: {place}"));
        return report?.ToString();
    }

    /// <summary>Gives the peers work until the victim votes on it.</summary>
    private async Task VoteAgainAsync(BareNetwork network, CancellationToken cancellationToken)
    {
        for (var i = 0; i < MostBlocks && !NewVotesOf(network).Any(); i++)
        {
            var batch = stage.NextBatch();
            await network.Running.First().Replica.SubmitAsync([batch], WaitLevel.Promise, cancellationToken);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(TimeSpan.FromSeconds(60));
            await network.Running.First().Replica.WaitFinalAsync(batch.Content, patience.Token);
        }

        await stage.WaitAsync(() => NewVotesOf(network).Any(), "the victim does not vote again", cancellationToken);
    }

    private IEnumerable<SignedMessage> NewVotesOf(BareNetwork network) =>
        network.Signed.Where(message => message.Validator == FlipStage.Victim).Except(stage.SignedBeforeFreezing);

    // It may have lost its last vote, so it must not sign at the height of that vote, whatever it would say there.
    private void ExpectAbstention(BareNetwork network, BareMember victim, List<string> violations)
    {
        var last = stage.SignedBeforeFreezing.Where(message => message.Validator == FlipStage.Victim).Max(message => message.Height);
        if (victim.Standing.AbstainThrough is not { } through || through.Value < last)
        {
            violations.Add($"does not abstain through block {last}, at which it had voted");
            return;
        }

        violations.AddRange(NewVotesOf(network).Where(vote => vote.Height <= through.Value).Select(vote => $"signed within its abstention: {vote}"));
    }
}
