using Dems.Contracts.Grains;
using Dems.Core.Consensus;
using Dems.Core.Crypto;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Receipts;
using Dems.Grains.Chains;
using Dems.Replication.Ports;

namespace Dems.Grains.Receipts;

/// <summary>The changes of validators that lead from genesis to a block: what makes receipts and proofs of rows self-contained.</summary>
internal static class HandOverTrail
{
    /// <summary>The hand-overs up to a block, and on to a member if it was not a validator until later.</summary>
    /// <param name="site">The chain.</param>
    /// <param name="grains">Reaches the pool, which knows the sets.</param>
    /// <param name="height">The block.</param>
    /// <param name="member">A key that the trail must lead to; null for none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<IReadOnlyList<HandOver>> ReadAsync(
        ChainSite site, IGrainFactory grains, Height height, PublicKey? member, CancellationToken cancellationToken)
    {
        var pool = grains.GetGrain<IPoolGrain>(ChainKey.Of(site.Chain));
        var sets = await pool.ReadValidators().AsTask().WaitAsync(cancellationToken);
        var handOvers = new List<HandOver>();
        var knowsMember = Knows(SetOf(sets[0]), member);
        foreach (var entry in sets.Skip(1))
        {
            var last = new Height(entry.Height).Previous;
            if ((last > height && knowsMember) || await site.Store.Chain.ReadBlockAsync(last, cancellationToken) is not { } block)
            {
                break;
            }

            var set = SetOf(entry);
            handOvers.Add(new HandOver(Certified(block), set));
            knowsMember |= Knows(set, member);
        }

        return handOvers;
    }

    /// <summary>A decided block's header with its certificate.</summary>
    public static CertifiedHeader Certified(DecidedBlock block) => new(block.Block.Header, block.Certificate);

    private static bool Knows(ValidatorSet set, PublicKey? member) => member is null || set.IndexOf(member) >= 0;

    private static ValidatorSet SetOf(ValidatorsFrom entry) => new(entry.Keys.Select(bytes => new PublicKey(bytes)));
}
