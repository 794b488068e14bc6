using Dems.Contracts.Grains;
using Dems.Contracts.Queries;
using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Grains.Receipts;

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

    /// <inheritdoc/>
    public async Task<TallyProofView?> TallyProofAsync(string pool, ContentId ballot, CancellationToken cancellationToken)
    {
        if (sites.OfPool(pool) is not { } site || await BallotAsync(pool, ballot, cancellationToken) is not { Decision: not null } view)
        {
            return null;
        }

        var proof = await new TallyProver(site, grains).ProveAsync(ballot, new BlockTime(view.Deadline.ToUnixTimeMilliseconds()), cancellationToken);
        return proof is null ? null : new TallyProofView(view.Ballot, proof.Height.Value, Convert.ToBase64String(proof.Row.Span), Convert.ToBase64String(proof.Encode()));
    }

    /// <inheritdoc/>
    public async Task<TrialAnswer?> TryRuleAsync(string pool, Carrier carrier, ReadOnlyMemory<byte> policy, int days, CancellationToken cancellationToken) =>
        PoolOf(pool) is { } grain ? await grain.TryRule((int)carrier, policy.ToArray(), days).AsTask().WaitAsync(cancellationToken) : null;

    private IPoolGrain? PoolOf(string pool) => sites.OfPool(pool) is { } site ? grains.GetGrain<IPoolGrain>(ChainKey.Of(site.Chain)) : null;
}
