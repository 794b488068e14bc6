using Dems.Contracts.Grains;
using Dems.Contracts.Queries;
using Dems.Core.Energy;
using Dems.Core.Ledger;

namespace Dems.Grains.Chains;

/// <summary>Answers questions about votes from the pool's grain.</summary>
public sealed class GovernanceQueries(ChainSites sites, IGrainFactory grains) : IGovernanceQueries
{
    /// <inheritdoc/>
    public async Task<GovernanceView?> GovernanceAsync(string pool, CancellationToken cancellationToken) =>
        PoolOf(pool) is { } grain ? await grain.ReadGovernance().AsTask().WaitAsync(cancellationToken) : null;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BallotView>?> BallotsAsync(string pool, long below, int limit, CancellationToken cancellationToken) =>
        PoolOf(pool) is { } grain ? await grain.ListBallots(below, limit).AsTask().WaitAsync(cancellationToken) : null;

    /// <inheritdoc/>
    public async Task<BallotView?> BallotAsync(string pool, ContentId ballot, CancellationToken cancellationToken) =>
        PoolOf(pool) is { } grain ? await grain.FindBallot(ballot.ToString()).AsTask().WaitAsync(cancellationToken) : null;

    /// <inheritdoc/>
    public async Task<ElectorView?> ElectorAsync(string pool, ContentId ballot, NodeAddress elector, CancellationToken cancellationToken) =>
        PoolOf(pool) is { } grain ? await grain.FindElector(ballot.ToString(), elector.ToString()).AsTask().WaitAsync(cancellationToken) : null;

    private IPoolGrain? PoolOf(string pool) => sites.OfPool(pool) is { } site ? grains.GetGrain<IPoolGrain>(ChainKey.Of(site.Chain)) : null;
}
