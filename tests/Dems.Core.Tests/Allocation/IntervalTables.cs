using Dems.Core.Allocation;
using Dems.Core.Allocation.Encoding;
using Dems.Core.Ledger.Encoding;

namespace Dems.Core.Tests.Allocation;

/// <summary>One table of every kind for a single interval, for the golden files.</summary>
internal static class IntervalTables
{
    private static readonly IntervalParameters[] All =
    [
        new IntervalParameters.Shares([new NodeShare(Village.Node(0), 1), new NodeShare(Village.Node(2), 999_999)]),
        new IntervalParameters.Pairs([new PairShare(Village.Node(0), Village.Node(1), 400_000), new PairShare(Village.Node(0), Village.Node(2), 600_000)]),
        new IntervalParameters.Orders([new LimitOrder(Village.Node(0), 120_000, null), new LimitOrder(Village.Node(1), null, -5), new LimitOrder(Village.Node(2), 1, 2)]),
    ];

    /// <summary>Encoded, by name.</summary>
    public static IEnumerable<(string Name, byte[] Bytes)> Encoded()
    {
        foreach (var parameters in All)
        {
            var writer = Canonical.NewWriter();
            IntervalParametersCodec.Write(writer, parameters);
            yield return ($"interval-{parameters.GetType().Name.ToLowerInvariant()}", writer.Encode());
        }
    }
}
