using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Execution;
using Dems.Core.Ledger.Execution.Intervals;
using Dems.Core.Settlement.Calendar;

namespace Dems.Core.Settlement.OnChain;

/// <summary>
/// What the results of a chain's blocks say about its intervals, as of any block: rows of later blocks replace those of earlier ones, and a row of a node stands until the
/// next one about it. Made from rows alone, so that whoever proves the rows proves what is settled by them.
/// </summary>
public sealed class PoolHistory
{
    // A row starts with its tag: an array of 8 or 11 places and a text of 17 or 15 bytes.
    private static readonly byte[] AllocationPrefix = [0x88, .. Tag(Crypto.Domains.Allocation)];
    private static readonly byte[] IntervalPrefix = [0x8B, .. Tag(Crypto.Domains.Interval)];

    private readonly SortedDictionary<(Carrier Carrier, long Start), Versions> _intervals = [];

    /// <summary>The newest block that was added; 0 before the first.</summary>
    public Height Height { get; private set; }

    /// <summary>Adds the results of a block above all added before; false with a reason if a row about an interval or a node does not decode.</summary>
    public bool TryAdd(Height height, BlockResults results, out string error)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(height.Value, Height.Value);
        Height = height;
        error = "";
        for (var i = 0; i < results.Rows.Count && error.Length == 0; i++)
        {
            var bytes = results.Rows[i];
            if (bytes.Span.StartsWith(IntervalPrefix))
            {
                if (IntervalRow.TryDecode(bytes, out var row, out error))
                {
                    At(row.Carrier, row.Start).Rows.Add((height, row));
                }
            }
            else if (bytes.Span.StartsWith(AllocationPrefix) && AllocationRow.TryDecode(bytes, out var row, out error))
            {
                At(row.Carrier, row.Start).Nodes.Add(new NodeVersion(row.Node, row.Amounts, height, results.Tree.LeafOf(i)));
            }
        }

        return error.Length == 0;
    }

    /// <summary>Whether a row of results is about an interval as a whole.</summary>
    public static bool IsInterval(ReadOnlySpan<byte> row) => row.StartsWith(IntervalPrefix);

    /// <summary>Whether the results of a block say anything about an interval that starts in a span.</summary>
    public static bool Concerns(BlockResults results, UtcSpan span) => results.Rows.Any(bytes =>
        bytes.Span.StartsWith(IntervalPrefix) && IntervalRow.TryDecode(bytes, out var row, out _) && span.Contains(row.Start));

    /// <summary>An interval as of a block; null if it was not allocated by then.</summary>
    public IntervalVersion? Find(Carrier carrier, long start, Height asOf) =>
        _intervals.TryGetValue((carrier, start), out var versions) ? versions.At(asOf) : null;

    /// <summary>The intervals of a carrier that start in a span, as of a block, ascending.</summary>
    public IEnumerable<IntervalVersion> In(Carrier carrier, UtcSpan span, Height asOf) => _intervals
        .Where(interval => interval.Key.Carrier == carrier && span.Contains(interval.Key.Start))
        .Select(interval => interval.Value.At(asOf))
        .OfType<IntervalVersion>();

    private static byte[] Tag(string tag) => [(byte)(0x60 + tag.Length), .. System.Text.Encoding.ASCII.GetBytes(tag)];

    private Versions At(Carrier carrier, long start)
    {
        if (!_intervals.TryGetValue((carrier, start), out var versions))
        {
            _intervals.Add((carrier, start), versions = new Versions([], []));
        }

        return versions;
    }

    private sealed record Versions(List<(Height Height, IntervalRow Row)> Rows, List<NodeVersion> Nodes)
    {
        public IntervalVersion? At(Height asOf)
        {
            var last = Rows.FindLastIndex(version => version.Height <= asOf);
            if (last < 0)
            {
                return null;
            }

            var nodes = new SortedDictionary<NodeAddress, NodeVersion>();
            foreach (var node in Nodes.Where(node => node.Height <= asOf))
            {
                nodes[node.Node] = node;
            }

            return new IntervalVersion(Rows[last].Row, Rows[last].Height, [.. nodes.Values]);
        }
    }
}
