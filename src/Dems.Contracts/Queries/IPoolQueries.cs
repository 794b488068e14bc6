using Dems.Core.Energy;

namespace Dems.Contracts.Queries;

/// <summary>What the API asks a member about sharing. All answers are as of the newest executed block; null answers mean "there is no such pool", or interval.</summary>
public interface IPoolQueries
{
    /// <summary>Most days of a chase list.</summary>
    const int MaxDays = 31;

    /// <summary>How a pool shares.</summary>
    Task<PoolView?> PoolAsync(string pool, CancellationToken cancellationToken);

    /// <summary>At most so many nodes in the order of their registration, from a place on.</summary>
    Task<IReadOnlyList<NodeView>?> NodesAsync(string pool, int place, int limit, CancellationToken cancellationToken);

    /// <summary>At most so many intervals of a carrier that start in [from, to), in seconds since 1970-01-01T00:00:00Z; ascending, without their nodes.</summary>
    Task<IReadOnlyList<IntervalView>?> IntervalsAsync(string pool, Carrier carrier, long from, long to, int limit, CancellationToken cancellationToken);

    /// <summary>An interval with its nodes.</summary>
    Task<IntervalView?> IntervalAsync(string pool, Carrier carrier, long start, CancellationToken cancellationToken);

    /// <summary>What is missing for the newest days, at most <see cref="MaxDays"/>, with intervals that can still change.</summary>
    Task<IReadOnlyList<MissingView>?> MissingAsync(string pool, Carrier carrier, int days, CancellationToken cancellationToken);
}
