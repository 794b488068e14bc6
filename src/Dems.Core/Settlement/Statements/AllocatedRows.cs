using Dems.Core.Allocation;
using Dems.Core.Allocation.Arithmetic;

namespace Dems.Core.Settlement.Statements;

/// <summary>
/// Turns the allocation of an interval into rows for settlement:
/// own use oᵢ = xᵢᵢ, shared in aᵢ − oᵢ, shared out soldᵢ − oᵢ, grid in Cᵢ − aᵢ, grid out exportᵢ − moved awayᵢ + leftoverᵢ. Prices of an auction apply to what
/// is shared, not to own use. Σ shared in = Σ shared out, and Σ grid out = Σ export.
/// </summary>
public static class AllocatedRows
{
    /// <summary>One row per participant, in their order.</summary>
    /// <param name="result">The allocation.</param>
    /// <param name="proofs">One per participant, in their order.</param>
    /// <exception cref="ArgumentException">There are not as many proofs as participants.</exception>
    public static IReadOnlyList<AllocatedEnergy> Of(AllocationResult result, IReadOnlyList<RowProof> proofs)
    {
        if (proofs.Count != result.Nodes.Count)
        {
            throw new ArgumentException($"{result.Nodes.Count} participants need as many proofs, not {proofs.Count}.", nameof(proofs));
        }

        var (own, moved) = (OwnUse(result), MovedAway(result));
        var interval = result.Input.Interval;
        return
        [
            .. result.Nodes.Select((node, i) =>
            {
                var (sharedIn, sharedOut) = (node.Allocated - own[i], node.Sold - own[i]);
                var energy = new EnergyTotals(own[i], sharedIn, sharedOut, node.Grid, node.Export - moved[i] + node.Leftover)
                {
                    SharedInValue = ExactAmount.Of(sharedIn, node.BuyPrice ?? 0),
                    SharedOutValue = ExactAmount.Of(sharedOut, node.SellPrice ?? 0),
                };
                return new AllocatedEnergy(node.Node, interval.Carrier, interval.Start, interval.Duration, energy, proofs[i].Provisional, proofs[i].Reference);
            }),
        ];
    }

    private static long[] OwnUse(AllocationResult result)
    {
        var own = result.Nodes.Select(node => node.Own).ToArray();
        if (result.Input.Policy.Self == SelfSharing.Pooled && result.Nodes.Any(node => node.Allocated > node.Own && node.Sold > node.Own))
        {
            // Only the matrix knows which part of what was pooled came back to its producer.
            var places = result.Nodes.Select((node, i) => (node.Node, i)).ToDictionary(item => item.Node, item => item.i);
            foreach (var transfer in result.Transfers.Where(transfer => transfer.Producer == transfer.Consumer))
            {
                own[places[transfer.Producer]] = transfer.Quantity;
            }
        }

        return own;
    }

    /// <summary>Export that is fed in on consumers' accounts leaves the producers pro rata to their exports, by largest remainder.</summary>
    private static long[] MovedAway(AllocationResult result)
    {
        var moved = new long[result.Nodes.Count];
        var leftover = result.Nodes.Sum(node => node.Leftover);
        if (leftover > 0)
        {
            var remainders = new LargestRemainder([.. result.Nodes.Select(node => node.Node)], new RemainderSpace(result.Input.Interval, moved.Length));
            remainders.Share("L·exportⱼ/Σexport", leftover, [.. result.Nodes.Select(node => node.Export)], result.Export, moved);
        }

        return moved;
    }
}
