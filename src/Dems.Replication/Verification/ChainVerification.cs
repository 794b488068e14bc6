using Dems.Core;
using Dems.Core.Ledger;
using Dems.Replication.Ports;

namespace Dems.Replication.Verification;

/// <summary>What checking a stored chain from genesis found.</summary>
/// <param name="Head">The last block that held in every respect.</param>
/// <param name="HeadHash">Its hash; the genesis hash if there is none.</param>
/// <param name="Entries">Entries up to it.</param>
/// <param name="Readings">Readings in them, whatever became of their batches.</param>
/// <param name="StateRoot">Root of the state that executing them gave.</param>
/// <param name="FirstDamage">The first thing that does not hold; null if everything does.</param>
public sealed record ChainVerification(
    Height Head, BlockHash HeadHash, long Entries, long Readings, Hash32 StateRoot, Damage? FirstDamage);
