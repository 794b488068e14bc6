using Dems.Core.Energy;

namespace Dems.Core.Allocation;

/// <summary>The participants of a plan in the order of their addresses, and vectors of what tables say about them.</summary>
internal sealed class NodeTable(NodeAddress[] addresses)
{
    public NodeAddress[] Addresses => addresses;

    public int Count => addresses.Length;

    /// <summary>The place of a node; negative if it takes no part.</summary>
    public int Find(NodeAddress node) => Array.BinarySearch(addresses, node);

    /// <summary>Shares in the order of the participants; 0 where the table says nothing. What the table says about others is not used.</summary>
    public long[] Shares(IEnumerable<NodeShare> shares) => Vector(shares.Select(s => (s.Node, (long)s.PartsPerMillion)), 0);

    /// <summary>Weights in the order of the participants.</summary>
    public long[] Weights(IEnumerable<NodeWeight> weights, int standard) => Vector(weights.Select(w => (w.Node, (long)w.Weight)), standard);

    /// <summary>The tier of each participant; <paramref name="others"/> for whoever no tier names.</summary>
    public int[] Tiers(IEnumerable<IReadOnlyList<NodeAddress>> tiers, int others)
    {
        var tierOf = new int[Count];
        Array.Fill(tierOf, others);
        foreach (var (tier, members) in tiers.Index())
        {
            foreach (var place in members.Select(Find).Where(place => place >= 0))
            {
                tierOf[place] = tier;
            }
        }

        return tierOf;
    }

    private long[] Vector(IEnumerable<(NodeAddress Node, long Value)> table, long standard)
    {
        var vector = new long[Count];
        Array.Fill(vector, standard);
        foreach (var (node, value) in table)
        {
            if (Find(node) is var place and >= 0)
            {
                vector[place] = value;
            }
        }

        return vector;
    }
}
