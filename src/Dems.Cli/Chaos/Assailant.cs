using Dems.Cli.Output;
using Dems.Cli.Simulator;

namespace Dems.Cli.Chaos;

/// <summary>
/// Kills members, one at a time as the network bears with four members, destroys folders in between, and measures how each comes back. Who and when comes from the
/// seed. A member is back when it has signed something beyond all that it ever signed before, at a height that was not decided yet when its process was started.
/// </summary>
internal sealed class Assailant(ChaosNetwork network, ChaosOptions options, SignatureAudit audit, Reporter reporter, TimeProvider time)
{
    /// <summary>One of so many restarted members is killed again before it votes.</summary>
    private const int KillStartingOneIn = 8;

    /// <summary>One of so many killed members stays away for longer, so that it has to catch up.</summary>
    private const int StayAwayOneIn = 10;

    private static readonly TimeSpan PollPeriod = TimeSpan.FromMilliseconds(10);

    private readonly List<double> _restarts = [];
    private readonly List<LossReport> _losses = [];
    private readonly List<string> _violations = [];
    private SplitMix _random = new(options.Seed);
    private MemberProcess? _copied;
    private long _copiedAt;

    /// <summary>Milliseconds from the start of each killed member's process to its next vote.</summary>
    public IReadOnlyList<double> Restarts => _restarts;

    public IReadOnlyList<LossReport> Losses => _losses;

    public IReadOnlyList<string> Violations => _violations;

    public int Kills { get; private set; }

    public int KillsWhileStarting { get; private set; }

    private string CopyFolder => Path.Combine(network.Directory, "older-copy");

    /// <summary>All kills, with the losses spread evenly among them. Ends early, with a violation, if a member does not come back: nothing can be measured then.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await AssailAsync(cancellationToken);
        }
        catch (LostMemberException e)
        {
            _violations.Add(e.Message);
        }
    }

    private async Task AssailAsync(CancellationToken cancellationToken)
    {
        var (left, steps) = (new Queue<FolderLoss>(options.Losses), options.Losses.Count + 1);
        while (Kills < options.Kills)
        {
            await PauseAsync(50, 600, cancellationToken);
            var victim = Draw(network.Members);
            await KillAsync(victim, cancellationToken);
            if (_copied is null && options.Losses.Contains(FolderLoss.RolledBack))
            {
                FolderLosses.Copy(victim.Folder, CopyFolder);
                (_copied, _copiedAt) = (victim, audit.HighestOf(victim.Member).Height);
            }

            await RestartAsync(victim, cancellationToken);
            while (left.Count > 0 && Kills * steps >= options.Kills * (steps - left.Count))
            {
                await LoseAsync(left.Dequeue(), cancellationToken);
            }
        }
    }

    private async Task KillAsync(MemberProcess victim, CancellationToken cancellationToken)
    {
        await victim.KillAsync();
        audit.Add(victim.Signatures.Read());
        Kills++;
        if (Draw(StayAwayOneIn) == 0)
        {
            await PauseAsync(1_000, 2_500, cancellationToken);
        }
        else
        {
            await PauseAsync(0, 300, cancellationToken);
        }
    }

    /// <summary>Starts a killed member until it lives long enough to vote.</summary>
    private async Task RestartAsync(MemberProcess victim, CancellationToken cancellationToken)
    {
        while (true)
        {
            var again = Kills < options.Kills && Draw(KillStartingOneIn) == 0 ? TimeSpan.FromMilliseconds(_random.Between(50, 1_500)) : (TimeSpan?)null;
            var (elapsed, voted) = await StartUntilVoteAsync(victim, again ?? options.Patience, cancellationToken);
            if (voted is not null)
            {
                _restarts.Add(elapsed.TotalMilliseconds);
                if (elapsed > options.RestartBound)
                {
                    _violations.Add($"member {victim.Member} voted again only after {elapsed.TotalMilliseconds:F0} ms (kill {Kills})");
                }

                reporter.Line($"kill {Kills}: member {victim.Member} votes again after {elapsed.TotalMilliseconds:F0} ms, at height {voted.Value.Height}");
                return;
            }

            if (again is null)
            {
                throw new LostMemberException($"member {victim.Member} did not vote within {options.Patience.TotalSeconds} s after kill {Kills}");
            }

            KillsWhileStarting++;
            await KillAsync(victim, cancellationToken);
        }
    }

    private async Task LoseAsync(FolderLoss loss, CancellationToken cancellationToken)
    {
        var victim = loss == FolderLoss.RolledBack ? _copied! : Draw(network.Members);
        if (loss == FolderLoss.RolledBack)
        {
            await WaitUntilCountedAsync(victim, _copiedAt, cancellationToken);
        }

        await DestroyAsync(victim, loss, cancellationToken);
        var height = (await HeightsOfOthersAsync(victim, cancellationToken)).Min();
        var (elapsed, voted) = await StartUntilVoteAsync(victim, options.RejoinBound, cancellationToken);
        var report = new LossReport
        {
            Name = FolderLosses.NameOf(loss),
            Member = victim.Member,
            Height = height,
            FirstSignedHeight = voted?.Height ?? 0,
            RejoinMs = Math.Round(elapsed.TotalMilliseconds),
        };
        _losses.Add(report);
        reporter.Line($"{report.Name}: member {victim.Member}, started at height {height}, votes again after {report.RejoinMs:F0} ms, at height {report.FirstSignedHeight}");
        if (voted is null)
        {
            throw new LostMemberException($"{report.Name}: member {victim.Member} did not vote within {options.RejoinBound.TotalSeconds} s");
        }
    }

    /// <summary>
    /// Waits until the others count a vote of a member above a height. If all that it signed since its folder was copied had died with it, unheard, then the copy would not
    /// be an older one: nothing in the world would be newer.
    /// </summary>
    private async Task WaitUntilCountedAsync(MemberProcess member, long above, CancellationToken cancellationToken)
    {
        var witness = network.Members[(member.Member + 1) % network.Members.Count];
        var started = time.GetTimestamp();
        for (var height = above + 1; time.GetElapsedTime(started) < options.Patience;)
        {
            if (await network.BlockAsync(witness, height, cancellationToken) is not { } block)
            {
                await Task.Delay(PollPeriod, time, cancellationToken);
            }
            else if (block.Certificate.Signatures.Any(signature => signature.Validator == member.Member))
            {
                return;
            }
            else
            {
                height++;
            }
        }

        throw new LostMemberException($"no vote of member {member.Member} above height {above} was counted within {options.Patience.TotalSeconds} s");
    }

    private async Task DestroyAsync(MemberProcess victim, FolderLoss loss, CancellationToken cancellationToken)
    {
        var keepsakes = FolderLosses.Keepsakes(victim.Folder, withConfiguration: loss != FolderLoss.Emptied);
        if (loss == FolderLoss.Deleted)
        {
            // It goes on for a moment, and signs, on files that have no name any more.
            FolderLosses.DeleteUnderfoot(victim.Folder);
            await PauseAsync(50, 400, cancellationToken);
        }

        await victim.KillAsync();
        audit.Add(victim.Signatures.Read());
        FolderLosses.DeleteUnderfoot(victim.Folder);

        if (loss == FolderLoss.RolledBack)
        {
            Directory.Move(CopyFolder, victim.Folder);
            return;
        }

        FolderLosses.Refill(victim.Folder, keepsakes);
        if (loss == FolderLoss.FoundedAgain)
        {
            await Grains.Hosting.MemberFolder.InitializeAsync(victim.Folder, network.Genesis, cancellationToken);
        }
    }

    /// <summary>Starts a member and waits for the first thing that it signs beyond all that it signed before and at a height that nobody had decided when it was started.</summary>
    private async Task<(TimeSpan Elapsed, SignedMessage? First)> StartUntilVoteAsync(MemberProcess member, TimeSpan bound, CancellationToken cancellationToken)
    {
        var decided = (await HeightsOfOthersAsync(member, cancellationToken)).Max();
        var before = audit.HighestOf(member.Member);
        var started = time.GetTimestamp();
        network.Start(member);
        while (time.GetElapsedTime(started) is var elapsed && elapsed < bound)
        {
            if (!member.IsRunning)
            {
                throw new LostMemberException($"member {member.Member} ended by itself; its log lies in {network.Directory}");
            }

            var signed = member.Signatures.Read();
            audit.Add(signed);
            foreach (var message in signed)
            {
                if (message.Validator == member.Member && message.Height > decided && message.Place.CompareTo(before) > 0)
                {
                    return (elapsed, message);
                }
            }

            await Task.Delay(PollPeriod, time, cancellationToken);
        }

        return (bound, null);
    }

    /// <summary>Heights at which the members other than one stand; 0 alone if none of them answers.</summary>
    private async Task<IReadOnlyList<long>> HeightsOfOthersAsync(MemberProcess member, CancellationToken cancellationToken)
    {
        var heads = await network.HeadsAsync(cancellationToken);
        return [.. heads.Where((head, i) => i != member.Member && head is not null).Select(head => head!.Height).DefaultIfEmpty(0)];
    }

    private Task PauseAsync(int fromMs, int toMs, CancellationToken cancellationToken) =>
        Task.Delay(TimeSpan.FromMilliseconds(_random.Between(fromMs, toMs)), time, cancellationToken);

    private int Draw(int bound) => (int)_random.Between(0, bound - 1);

    private MemberProcess Draw(IReadOnlyList<MemberProcess> members) => members[Draw(members.Count)];

    /// <summary>A member did not come back.</summary>
    private sealed class LostMemberException(string message) : Exception(message);
}
