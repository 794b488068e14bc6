using Dems.Contracts.Grains;
using Dems.Contracts.Queries;
using Dems.Core;
using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Merkle;
using Dems.Grains.Hosting;
using Dems.Replication.Ports;

namespace Dems.Grains.Chains;

/// <summary>Answers the API from this member's stores and from the standing of its replicas.</summary>
public sealed class LedgerQueries(MemberOptions options, ChainSites sites, IGrainFactory grains, TimeProvider time) : ILedgerQueries
{
    /// <inheritdoc/>
    public IReadOnlyList<MemberView> Members { get; } =
        [.. options.Genesis.Members.Select((m, i) => new MemberView(i, m.Name, m.Key.ToString(), i == options.Member))];

    /// <inheritdoc/>
    public IReadOnlyList<ChainView> Chains { get; } =
        [.. options.Genesis.Pools.Select(pool => new ChainView(pool.Name, options.Genesis.ChainOf(pool.Name).ToString()))];

    /// <inheritdoc/>
    public async Task<HeadView?> HeadAsync(string pool, CancellationToken cancellationToken)
    {
        if (sites.OfPool(pool) is not { } site)
        {
            return null;
        }

        var status = await grains.GetGrain<IChainHeadGrain>(ChainKey.Of(site.Chain)).GetStatus().AsTask().WaitAsync(cancellationToken);
        return new HeadView(
            pool,
            site.Chain.ToString(),
            status.Running,
            status.Height,
            status.Head,
            status.TreeSize,
            status.StateRoot,
            status.Height == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(status.TimeUnixMs),
            status.Pending,
            status.Voting,
            status.CatchingUp);
    }

    /// <inheritdoc/>
    public async Task<BlockView?> BlockAsync(string pool, long height, CancellationToken cancellationToken) =>
        sites.OfPool(pool) is { } site && height > 0 && await site.Store.Chain.ReadBlockAsync(new Height(height), cancellationToken) is { } block
            ? LedgerViews.Of(block)
            : null;

    /// <inheritdoc/>
    public async Task<EntryView?> EntryAsync(string pool, EntryName name, CancellationToken cancellationToken)
    {
        if (sites.OfPool(pool) is not { Store.Chain: { } chain } site)
        {
            return null;
        }

        var entry = await chain.FindAsync(name, cancellationToken);
        return entry is null ? null : LedgerViews.Of(entry, await site.FindResultsAsync(entry.Height, cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<InclusionProofView?> InclusionAsync(string pool, long index, long treeSize, CancellationToken cancellationToken)
    {
        if (sites.OfPool(pool)?.Store.Chain is not { } chain || index < 0 || index >= treeSize || treeSize > await SizeAsync(chain, cancellationToken))
        {
            return null;
        }

        var tiles = new TileReader(chain.Tiles);
        var proof = MerkleTree.ProveInclusion(tiles, index, treeSize);
        return new InclusionProofView(
            index, treeSize, tiles.GetSubtreeRoot(0, index).ToString(), MerkleTree.Root(tiles, treeSize).ToString(), Texts(proof.Path));
    }

    /// <inheritdoc/>
    public async Task<ConsistencyProofView?> ConsistencyAsync(string pool, long firstSize, long secondSize, CancellationToken cancellationToken)
    {
        if (sites.OfPool(pool)?.Store.Chain is not { } chain || firstSize < 1 || firstSize > secondSize || secondSize > await SizeAsync(chain, cancellationToken))
        {
            return null;
        }

        var tiles = new TileReader(chain.Tiles);
        var proof = MerkleTree.ProveConsistency(tiles, firstSize, secondSize);
        return new ConsistencyProofView(
            firstSize, secondSize, MerkleTree.Root(tiles, firstSize).ToString(), MerkleTree.Root(tiles, secondSize).ToString(), Texts(proof.Path));
    }

    /// <inheritdoc/>
    public async Task<NodeView?> NodeAsync(NodeAddress address, CancellationToken cancellationToken)
    {
        foreach (var site in sites.All)
        {
            if (await PoolOf(site).FindNode(address.ToString()).AsTask().WaitAsync(cancellationToken) is { } node)
            {
                return node;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public async Task<NodeAddress?> FindMeteringPointAsync(string pool, string id, CancellationToken cancellationToken) =>
        sites.OfPool(pool) is { } site
        && await PoolOf(site).FindMeteringPoint(id).AsTask().WaitAsync(cancellationToken) is { } text
        && NodeAddress.TryParse(text, out var address, out _)
            ? address
            : null;

    /// <inheritdoc/>
    public async Task<PoolBalance?> BalanceAsync(string pool, CancellationToken cancellationToken) =>
        sites.OfPool(pool) is { } site ? await PoolOf(site).ReadBalance().AsTask().WaitAsync(cancellationToken) : null;

    /// <inheritdoc/>
    public async Task<long> WaitForBlockAsync(string pool, long above, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var site = sites.OfPool(pool) ?? throw new ArgumentException($"There is no pool '{pool}'.", nameof(pool));
        var until = time.GetTimestamp() + (long)(atMost.TotalSeconds * time.TimestampFrequency);
        while (true)
        {
            // The signal first, then the head: a block between the two is not missed.
            var next = site.NextBlock;
            var height = site.CommittedHeight;
            var left = time.GetElapsedTime(time.GetTimestamp(), until);
            if (height > above || left <= TimeSpan.Zero)
            {
                return height;
            }

            try
            {
                await next.WaitAsync(left, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                return site.CommittedHeight;
            }
        }
    }

    private static async ValueTask<long> SizeAsync(IChainStore chain, CancellationToken cancellationToken) =>
        (await chain.ReadHeadAsync(cancellationToken))?.Block.Header.TreeSize ?? 0;

    private static List<string> Texts(IReadOnlyList<Hash32> path) => [.. path.Select(hash => hash.ToString())];

    private IPoolGrain PoolOf(ChainSite site) => grains.GetGrain<IPoolGrain>(ChainKey.Of(site.Chain));
}
