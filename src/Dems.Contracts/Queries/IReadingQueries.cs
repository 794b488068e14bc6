using Dems.Core.Energy;

namespace Dems.Contracts.Queries;

/// <summary>What the API asks a member about nodes and final readings. The answers come from tables that follow the chain a moment later.</summary>
public interface IReadingQueries
{
    /// <summary>Nodes with readings by address, after one and at most so many.</summary>
    Task<IReadOnlyList<NodeSummary>> NodesAsync(NodeAddress after, int limit, CancellationToken cancellationToken);

    /// <summary>Final readings of a node.</summary>
    Task<ReadingPage> ReadingsAsync(ReadingQuery query, CancellationToken cancellationToken);
}
