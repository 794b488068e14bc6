using System.Diagnostics.CodeAnalysis;
using Dems.Core.Ledger;
using Dems.Grains.Hosting;
using Dems.Replication.Ports;
using Dems.Storage;
using Dems.Storage.Projections;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dems.Grains.Chains;

/// <summary>The chains of a member: opens their stores before the silo starts and closes them after it stopped.</summary>
public sealed class ChainSites(MemberOptions options, ILogger<ChainSites> log) : IHostedService
{
    /// <summary>One damaged page can cost hundreds of rows: more places than this are counted, not listed.</summary>
    private const int MaxReported = 20;

    private readonly Dictionary<ChainId, ChainSite> _sites = [];
    private DataFolderLock? _lock;

    /// <summary>All chains, in genesis order.</summary>
    public IReadOnlyList<ChainSite> All { get; private set; } = [];

    /// <summary>The chain with an id.</summary>
    public bool TryFind(ChainId chain, [NotNullWhen(true)] out ChainSite? site) => _sites.TryGetValue(chain, out site);

    /// <summary>The chain of a pool; null for an unknown one.</summary>
    public ChainSite? OfPool(string pool) => All.FirstOrDefault(site => string.Equals(site.Pool, pool, StringComparison.Ordinal));

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _lock = DataFolderLock.Acquire(options.DataFolder);
        foreach (var pool in options.Genesis.Pools)
        {
            var chain = options.Genesis.ChainOf(pool.Name);
            var files = MemberFolder.FilesOf(options.DataFolder, pool.Name);
            var opened = await ReplicaDatabase.OpenCheckedAsync(files, chain, cancellationToken);
            Report(pool.Name, opened.Found, opened.Rebuilt);
            var keeper = new StoreKeeper(opened, findings => Report(pool.Name, findings.Found, findings.Rebuilt));
            var projection = await ReadingProjection.OpenAsync(files.Projection, cancellationToken);
            _sites.Add(chain, new ChainSite(pool.Name, chain, opened.Database, keeper, projection));
        }

        All = [.. options.Genesis.Pools.Select(pool => _sites[options.Genesis.ChainOf(pool.Name)])];
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var site in _sites.Values)
        {
            await site.Store.DisposeAsync();
            await site.Projection.DisposeAsync();
        }

        _lock?.Dispose();
    }

    private void Report(string pool, IReadOnlyList<Damage> found, RebuildReport? rebuilt)
    {
        foreach (var damage in found.Take(MaxReported))
        {
            log.LogError("Pool {Pool} is damaged: {Damage}", pool, damage);
        }

        if (found.Count > MaxReported)
        {
            log.LogError("Pool {Pool} is damaged at {Count} further places", pool, found.Count - MaxReported);
        }

        if (rebuilt is not null)
        {
            log.LogWarning("The store of pool {Pool} was rebuilt; the damaged file lies at {MovedTo}", pool, rebuilt.MovedTo);
        }
    }
}
