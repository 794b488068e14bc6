using Dems.Core.Energy;

namespace Dems.Core.Allocation.Presets;

/// <summary>Tables that treat all nodes alike, for a pool that has not agreed on others.</summary>
internal static class EvenTables
{
    /// <summary>⌊10⁶/n⌋ each; the first 10⁶ mod n nodes one more, so that all is shared.</summary>
    public static NodeShare[] Shares(IReadOnlyList<NodeAddress> nodes) =>
        [.. nodes.Select((node, i) => new NodeShare(node, AllocationBounds.Million / nodes.Count + (i < AllocationBounds.Million % nodes.Count ? 1 : 0)))];

    /// <summary>Even shares of every producer; pools of up to 1,000 nodes fit the bound of pairs, larger ones take the first nodes only.</summary>
    public static PairShare[] Pairs(IReadOnlyList<NodeAddress> nodes) =>
        [.. nodes.SelectMany(producer => Shares(nodes).Select(share => new PairShare(producer, share.Node, share.PartsPerMillion))).Take(AllocationBounds.MaxPairs)];
}
