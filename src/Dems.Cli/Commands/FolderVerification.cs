using Dems.Core.Ledger;
using Dems.Replication.Ports;
using Dems.Replication.Verification;
using Dems.Storage;

namespace Dems.Cli.Commands;

/// <summary>Verifies one pool's store in a member's folder, as <c>dems verify</c> does.</summary>
internal static class FolderVerification
{
    /// <summary>Opens the store without repairing anything and checks it from genesis.</summary>
    public static async Task<ChainVerification> RunAsync(ChainVerifier verifier, ReplicaFiles files, ChainId chain, CancellationToken cancellationToken)
    {
        try
        {
            await using var store = await ReplicaDatabase.OpenAsync(files, chain, cancellationToken);
            return await verifier.VerifyAsync(store.Chain, progress: null, cancellationToken);
        }
        catch (DamageException e)
        {
            // The file's structure itself: nothing in it can be walked.
            return new ChainVerification(default, default, 0, 0, default, e.Damage);
        }
    }
}
