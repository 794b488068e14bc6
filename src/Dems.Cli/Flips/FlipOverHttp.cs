using Dems.Cli.Commands;
using Dems.Cli.Network;
using Dems.Contracts.Grains;
using Dems.Grains.Hosting;
using Dems.Replication.Verification;
using Dems.Storage;

namespace Dems.Cli.Flips;

/// <summary>As <see cref="FlipRepair"/>, with whole members: silos, grains, and HTTP/2 between them.</summary>
internal sealed class FlipOverHttp(FlipStage stage, ChainVerifier verifier)
{
    /// <summary>Tries one flip.</summary>
    public async Task<FlipOutcome> RunAsync(ReplicaFiles image, Flip flip, string name, CancellationToken cancellationToken)
    {
        var directory = stage.FilesIn(name).Folder;
        for (var i = 0; i < FlipStage.Members; i++)
        {
            FolderCopy.Make(i == FlipStage.Victim ? image.Folder : NetworkFolder.MemberOf(stage.NetworkDirectory, i), NetworkFolder.MemberOf(directory, i));
        }

        var victim = MemberFolder.FilesOf(NetworkFolder.MemberOf(directory, FlipStage.Victim), stage.Peers.Pool);
        flip.Apply(victim);
        var damage = (await FolderVerification.RunAsync(verifier, victim, stage.Peers.Chain, cancellationToken)).FirstDamage;
        var violations = new List<string>();
        ChainStatus head;
        await using (var network = await LocalNetwork.StartAsync(directory, FlipStage.Members, firstPort: null, quiet: true, cancellationToken))
        {
            ChainStatus StatusOf(int member) => network.Members[member].Sites.OfPool(stage.Peers.Pool)!.Status(stage.Peers.Genesis);
            try
            {
                await stage.WaitAsync(
                    () => network.Members[FlipStage.Victim].Sites.OfPool(stage.Peers.Pool)!.Keeper.IsWhole
                        && StatusOf(FlipStage.Victim) is { Running: true } mine && StatusOf(0) is { Running: true } peer && mine.Head == peer.Head && mine.StateRoot == peer.StateRoot,
                    "is not repaired over HTTP",
                    cancellationToken);
            }
            catch (CommandException e)
            {
                violations.Add($"{e.Message}: {StatusOf(FlipStage.Victim)}");
            }

            head = StatusOf(0);
        }

        var verified = await FolderVerification.RunAsync(verifier, victim, stage.Peers.Chain, cancellationToken);
        if (verified.FirstDamage is not null || verified.HeadHash.ToString() != head.Head || verified.StateRoot.ToString() != head.StateRoot)
        {
            violations.Add($"after the repair over HTTP: {verified.FirstDamage?.ToString() ?? $"ends at block {verified.Head}, the peers at {head.Height}"}");
        }

        if (violations.Count == 0)
        {
            Directory.Delete(directory, recursive: true);
        }

        return new FlipOutcome(flip.Kind, damage is not null, damage?.ToString(), violations);
    }
}
