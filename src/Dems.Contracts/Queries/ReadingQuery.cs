using Dems.Core.Energy;

namespace Dems.Contracts.Queries;

/// <summary>A question for readings of one node.</summary>
/// <param name="Node">The node.</param>
/// <param name="From">First interval start, in seconds since 1970-01-01T00:00:00Z.</param>
/// <param name="To">First interval start no longer wanted.</param>
/// <param name="Register">One register, or null for all.</param>
/// <param name="AllRevisions">Whether superseded revisions are wanted too.</param>
/// <param name="After">Continues behind this position; null from the beginning.</param>
/// <param name="Limit">Most readings of the answer.</param>
public sealed record ReadingQuery(NodeAddress Node, long From, long To, Register? Register, bool AllRevisions, ReadingPosition? After, int Limit)
{
    /// <summary>Only readings that are marked as doubtful, or only the others; null for both.</summary>
    public bool? Implausible { get; init; }
}
