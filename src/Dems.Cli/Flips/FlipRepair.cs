using Dems.Cli.Commands;
using Dems.Replication.Ports;
using Dems.Replication.Verification;
using Dems.Storage;

namespace Dems.Cli.Flips;

/// <summary>
/// One byte of the victim's store is flipped. <c>dems verify</c> must name the damage, the start must find it, and with its peers the member must come back to the same
/// head and state and a sound folder. A flip that nobody reports must leave everything that the store gives out as it was.
/// </summary>
internal sealed class FlipRepair(FlipStage stage, ChainVerifier verifier)
{
    private readonly Dictionary<string, IReadOnlyList<string>> _originals = new(StringComparer.Ordinal);

    /// <summary>Tries one flip.</summary>
    /// <param name="image">The sound folder; it is copied.</param>
    /// <param name="flip">The byte.</param>
    /// <param name="name">Folder for the copy; it stays if anything is wrong.</param>
    /// <param name="verifyFirst">Whether the member starts on the folder that was verified, or on a fresh copy: opening a store moves its log into the database file.</param>
    public async Task<FlipOutcome> RunAsync(ReplicaFiles image, Flip flip, string name, bool verifyFirst, CancellationToken cancellationToken)
    {
        var expected = await ListOriginalAsync(image, cancellationToken);
        var files = Damage(image, flip, name);
        var verified = await FolderVerification.RunAsync(verifier, files, stage.Peers.Chain, cancellationToken);
        var violations = new List<string>();
        if (verified.FirstDamage is null && !expected.SequenceEqual(await StoreListing.ReadAsync(files, stage.Peers.Chain, cancellationToken), StringComparer.Ordinal))
        {
            violations.Add("changes what is read and verify does not find it");
        }

        if (verified.FirstDamage is { Place: "" })
        {
            violations.Add($"verify names no place: {verified.FirstDamage}");
        }

        if (!verifyFirst || verified.FirstDamage is null)
        {
            files = Damage(image, flip, name);
        }

        var found = await RestartAsync(files, violations, cancellationToken);
        if (found.Count > 0 != verified.FirstDamage is not null)
        {
            violations.Add($"verify says {verified.FirstDamage?.ToString() ?? "sound"}, the start says {(found is [var first, ..] ? first : "sound")}");
        }

        await ExpectSoundAsync(files, violations, cancellationToken);
        if (violations.Count == 0)
        {
            Directory.Delete(files.Folder, recursive: true);
        }

        return new FlipOutcome(flip.Kind, found.Count > 0, found is [var report, ..] ? report.ToString() : null, violations);
    }

    /// <summary>Starts the victim beside its peers and waits until it stands where they do.</summary>
    private async Task<IReadOnlyList<Damage>> RestartAsync(ReplicaFiles files, List<string> violations, CancellationToken cancellationToken)
    {
        try
        {
            var member = await stage.Peers.StartAsync(FlipStage.Victim, files, cancellationToken);
            await stage.WaitAsync(() => member.HasTroubles || (member.IsWhole && StandsLikePeers(member)), "is not repaired", cancellationToken);
            violations.AddRange(stage.Peers.Running.SelectMany(running => running.TakeTroubles()));
            return member.Found;
        }
        catch (Exception e) when (e is CommandException or StorageException)
        {
            violations.Add(e.Message);
            return [];
        }
        finally
        {
            await stage.Peers.StopAsync(FlipStage.Victim);
        }
    }

    private bool StandsLikePeers(BareMember member)
    {
        var (mine, peer) = (member.Standing.Tip, stage.Peers.Running.First().Standing.Tip);
        return member.Standing.Ready && mine.HeadHash == peer.HeadHash && mine.Roots.StateRoot == peer.Roots.StateRoot;
    }

    private async Task ExpectSoundAsync(ReplicaFiles files, List<string> violations, CancellationToken cancellationToken)
    {
        var verified = await FolderVerification.RunAsync(verifier, files, stage.Peers.Chain, cancellationToken);
        var tip = stage.Peers.Running.First().Standing.Tip;
        if (verified.FirstDamage is { } damage)
        {
            violations.Add($"is not sound after the repair: {damage}");
        }
        else if (verified.HeadHash != tip.HeadHash || verified.StateRoot != tip.Roots.StateRoot)
        {
            violations.Add($"ends at block {verified.Head} {verified.HeadHash}, the peers at {tip.Height} {tip.HeadHash}");
        }
    }

    private async Task<IReadOnlyList<string>> ListOriginalAsync(ReplicaFiles image, CancellationToken cancellationToken)
    {
        if (!_originals.TryGetValue(image.Folder, out var lines))
        {
            var copy = stage.FilesIn("unchanged");
            FolderCopy.Make(image.Folder, copy.Folder);
            lines = await StoreListing.ReadAsync(copy, stage.Peers.Chain, cancellationToken);
            Directory.Delete(copy.Folder, recursive: true);
            _originals.Add(image.Folder, lines);
        }

        return lines;
    }

    private ReplicaFiles Damage(ReplicaFiles image, Flip flip, string name)
    {
        var copy = stage.FilesIn(name);
        if (Directory.Exists(copy.Folder))
        {
            Directory.Delete(copy.Folder, recursive: true);
        }

        FolderCopy.Make(image.Folder, copy.Folder);
        flip.Apply(copy);
        return copy;
    }
}
