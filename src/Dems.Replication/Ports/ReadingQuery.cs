using Dems.Core.Energy;

namespace Dems.Replication.Ports;

/// <summary>Which readings of a node are wanted.</summary>
/// <param name="Node">The node.</param>
/// <param name="Register">One register; null for all.</param>
/// <param name="From">Earliest interval start, in seconds since 1970-01-01T00:00:00Z, inclusive.</param>
/// <param name="Until">Latest interval start, likewise, exclusive.</param>
/// <param name="AllRevisions">Whether superseded revisions are wanted too.</param>
/// <param name="After">Where the page before ended; null for the first page.</param>
/// <param name="Limit">Most rows of the page, 1…<see cref="MaxLimit"/>.</param>
public sealed record ReadingQuery(
    NodeAddress Node, Register? Register, long From, long Until, bool AllRevisions, ReadingCursor? After, int Limit)
{
    /// <summary>Only readings that are marked as doubtful, or only the others; null for both.</summary>
    public bool? Implausible { get; init; }

    /// <summary>Most rows of one page.</summary>
    public const int MaxLimit = 10_000;
}
