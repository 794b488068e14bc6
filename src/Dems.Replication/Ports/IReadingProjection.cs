using Dems.Core.Ledger;

namespace Dems.Replication.Ports;

/// <summary>
/// Query tables of what a chain's execution gave: the readings that it accepted, and the results of every block. They follow the chain asynchronously, decide nothing
/// and can be deleted at any time: the blocks are then applied again from the first one. Reads check what they give out; after damage, and before the check that
/// opening began is over, nothing is given out.
/// </summary>
public interface IReadingProjection : IAsyncDisposable
{
    /// <summary>Completes when the check that opening began is over, with the first damage that it met: then the tables are empty, to be built anew.</summary>
    Task<Damage?> Checked { get; }

    /// <summary>Completes when a read or write meets damage. Everything throws <see cref="DamageException"/> from then on until <see cref="ClearAsync"/>.</summary>
    Task<Damage> Damaged { get; }

    /// <summary>The newest block applied; genesis before any. Applying goes on with the next one.</summary>
    ValueTask<Height> ReadHeightAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Applies readings and results of blocks up to and including a height, in chain order and in one transaction. Blocks at or below the applied height change
    /// nothing. Of two readings with the same node, interval, register and revision the first one stays. The readings are enumerated once, while they are written.
    /// </summary>
    Task ApplyAsync(
        Height height, IEnumerable<ProjectedReading> readings, IReadOnlyList<ProjectedResults> results, CancellationToken cancellationToken);

    /// <summary>The results of a block that has any; null for others and above the applied height.</summary>
    ValueTask<ProjectedResults?> ReadResultsAsync(Height height, CancellationToken cancellationToken);

    /// <summary>A page of readings of one node, ordered by start, register, duration, revision.</summary>
    ValueTask<ReadingPage> QueryAsync(ReadingQuery query, CancellationToken cancellationToken);

    /// <summary>The nodes with readings, ordered by address, after a given one; at most <paramref name="limit"/>.</summary>
    ValueTask<IReadOnlyList<ProjectedNode>> ListNodesAsync(Core.Energy.NodeAddress after, int limit, CancellationToken cancellationToken);

    /// <summary>Forgets everything, to be built anew from the chain.</summary>
    Task ClearAsync(CancellationToken cancellationToken);
}
