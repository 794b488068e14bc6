using Dems.Contracts.Grains;
using Dems.Contracts.Queries;
using Dems.Core.Energy;

namespace Dems.Grains.Chains;

/// <summary>Answers questions about sharing from the pool's grain.</summary>
public sealed class PoolQueries(ChainSites sites, IGrainFactory grains) : IPoolQueries
{
    /// <inheritdoc/>
    public async Task<PoolView?> PoolAsync(string pool, CancellationToken cancellationToken) =>
        PoolOf(pool) is { } grain ? await grain.ReadPool().AsTask().WaitAsync(cancellationToken) : null;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<NodeView>?> NodesAsync(string pool, int place, int limit, CancellationToken cancellationToken) =>
        PoolOf(pool) is { } grain ? await grain.ListNodes(place, limit).AsTask().WaitAsync(cancellationToken) : null;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<IntervalView>?> IntervalsAsync(string pool, Carrier carrier, long from, long to, int limit, CancellationToken cancellationToken) =>
        PoolOf(pool) is { } grain ? await grain.ListIntervals((int)carrier, from, to, limit).AsTask().WaitAsync(cancellationToken) : null;

    /// <inheritdoc/>
    public async Task<IntervalView?> IntervalAsync(string pool, Carrier carrier, long start, CancellationToken cancellationToken) =>
        PoolOf(pool) is { } grain ? await grain.FindInterval((int)carrier, start).AsTask().WaitAsync(cancellationToken) : null;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MissingView>?> MissingAsync(string pool, Carrier carrier, int days, CancellationToken cancellationToken) =>
        PoolOf(pool) is { } grain ? await grain.ListMissing((int)carrier, days).AsTask().WaitAsync(cancellationToken) : null;

    private IPoolGrain? PoolOf(string pool) => sites.OfPool(pool) is { } site ? grains.GetGrain<IPoolGrain>(ChainKey.Of(site.Chain)) : null;
}
