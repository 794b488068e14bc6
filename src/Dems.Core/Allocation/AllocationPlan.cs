using Dems.Core.Allocation.Arithmetic;
using Dems.Core.Allocation.Producers;
using Dems.Core.Allocation.Rules;
using Dems.Core.Energy;
using Dems.Core.Ledger;

namespace Dems.Core.Allocation;

/// <summary>
/// A policy bound to the participants of one pool and carrier: the fast way to allocate many intervals, since tables are looked up once and space is reused. No
/// matrix is built here; <see cref="AllocationResult"/> builds it when somebody asks. Holds scratch space, so one thread at a time.
/// Order of the arithmetic: own use (self = first), storage, caps (self = forbidden), consumer rule, producer key, invariants.
/// </summary>
public sealed class AllocationPlan
{
    private readonly ChainId _pool;
    private readonly Carrier _carrier;
    private readonly AllocationPolicy _policy;
    private readonly NodeTable _nodes;
    private readonly ConsumerRule? _rule;
    private readonly MatchingRule? _matching;
    private readonly StorageBank? _storage;
    private readonly SupplierKey _key;
    private readonly RemainderSpace _space;
    private readonly LargestRemainder _remainders;
    private readonly long[] _demand;
    private readonly long[] _offer;

    private AllocationPlan(ChainId pool, Carrier carrier, AllocationPolicy policy, NodeTable nodes)
    {
        (_pool, _carrier, _policy, _nodes) = (pool, carrier, policy, nodes);
        _space = new RemainderSpace(new AllocationInterval(pool, carrier, 0, 1), nodes.Count);
        _remainders = new LargestRemainder(nodes.Addresses, _space);
        _rule = RuleBinding.Bind(policy.Rule, nodes);
        _matching = RuleBinding.BindMatching(policy.Rule, nodes, _remainders);
        _storage = policy.Rule is AllocationRule.VirtualStorage storage ? new StorageBank(storage.Units, nodes) : null;
        _key = KeyBinding.Bind(policy.Producers, nodes);
        _demand = new long[nodes.Count];
        _offer = new long[nodes.Count];
    }

    /// <summary>The policy.</summary>
    public AllocationPolicy Policy => _policy;

    /// <summary>The participants, ascending: the order of all vectors.</summary>
    public ReadOnlySpan<NodeAddress> Participants => _nodes.Addresses;

    internal NodeAddress[] Addresses => _nodes.Addresses;

    /// <summary>Writes down every step; null when nobody asked.</summary>
    internal AllocationTrace? Trace
    {
        get => _space.Trace;
        set => _space.Trace = value;
    }

    /// <summary>The place of a node; negative if it takes no part.</summary>
    public int Find(NodeAddress node) => _nodes.Find(node);

    /// <summary>Checks and binds; false with a reason if the policy or the participants break a bound.</summary>
    /// <param name="participants">Strictly ascending, at most <see cref="AllocationBounds.MaxParticipants"/>. Copied.</param>
    public static bool TryCreate(ChainId pool, Carrier carrier, AllocationPolicy policy, ReadOnlySpan<NodeAddress> participants, out AllocationPlan plan, out string error)
    {
        plan = null!;
        var addresses = participants.ToArray();
        var refusal = addresses.Length > AllocationBounds.MaxParticipants
            ? $"participants: {addresses.Length}, at most {AllocationBounds.MaxParticipants} are allowed"
            : PolicyRules.Refusal(policy) ?? PolicyRules.OrderRefusal("participants", addresses);
        if (refusal is not null)
        {
            error = refusal;
            return false;
        }

        (plan, error) = (new AllocationPlan(pool, carrier, policy, new NodeTable(addresses)), "");
        return true;
    }

    /// <summary>Space for one interval.</summary>
    public AllocationOutcome NewOutcome() => new(_nodes.Count);

    /// <summary>Allocates one interval; false with a reason if an input breaks a bound. A broken invariant throws <see cref="AllocationInvariantException"/>.</summary>
    /// <param name="start">As in <see cref="AllocationInterval"/>.</param>
    /// <param name="duration">As in <see cref="AllocationInterval"/>.</param>
    /// <param name="consumption">Cᵢ in the order of the participants.</param>
    /// <param name="production">Pᵢ in the order of the participants.</param>
    /// <param name="parameters">What replaces the rule's standing table; null if nothing does.</param>
    /// <param name="outcome">Overwritten; its storages are where the interval starts from.</param>
    public bool TryAllocate(
        long start, int duration, ReadOnlySpan<long> consumption, ReadOnlySpan<long> production, IntervalParameters? parameters, AllocationOutcome outcome, out string error)
    {
        var refusal = QuantityRules.Refusal(start, duration, consumption, production, _nodes.Count, out var totals)
            ?? (parameters is null ? null : PolicyRules.Refusal(parameters, _policy));
        error = refusal ?? "";
        if (refusal is not null)
        {
            return false;
        }

        _space.Ties.Set(new AllocationInterval(_pool, _carrier, start, duration));
        outcome.Clear();
        (outcome.Consumption, outcome.Production) = totals;
        consumption.CopyTo(_demand);
        production.CopyTo(_offer);
        if (_policy.Self == SelfSharing.First)
        {
            UseOwn(outcome);
        }

        _storage?.Run(duration, _demand, _offer, outcome, Trace);
        Share(parameters, outcome);
        AllocationInvariants.Assert(consumption, production, outcome);
        Trace?.Outcome(outcome);
        return true;
    }

    private void Share(IntervalParameters? parameters, AllocationOutcome outcome)
    {
        var (rule, matching) = (_rule, _matching);
        if (parameters is not null)
        {
            var changed = RuleBinding.With(_policy.Rule, parameters);
            (rule, matching) = (RuleBinding.Bind(changed, _nodes), RuleBinding.BindMatching(changed, _nodes, _remainders));
        }

        if (matching is not null)
        {
            matching.Match(_demand, _offer, _policy.Self, outcome, _remainders);
            return;
        }

        var supply = Totals.Of(_offer);
        if (_policy.Self == SelfSharing.Forbidden)
        {
            ForbiddenSelf.CapDemand(supply, _offer, _demand, Trace);
        }

        rule!.Serve(supply, _demand, outcome.GivenValues, outcome.LeftoverValues, _remainders);
        Place(Totals.Of(outcome.Given), outcome);
    }

    private void Place(long total, AllocationOutcome outcome)
    {
        var offer = _offer;
        if (_policy.Self == SelfSharing.Forbidden)
        {
            // The demand has served its purpose; its space holds the offers as cut.
            ForbiddenSelf.CapOffer(total, outcome.Given, _offer, _demand, Trace);
            offer = _demand;
        }

        _key.Place(total, offer, outcome.PlacedValues, _remainders);
    }

    private void UseOwn(AllocationOutcome outcome)
    {
        outcome.HasOwn = true;
        for (var i = 0; i < _demand.Length; i++)
        {
            var own = Math.Min(_demand[i], _offer[i]);
            outcome.OwnValues[i] = own;
            _demand[i] -= own;
            _offer[i] -= own;
            if (own > 0)
            {
                Trace?.Node(i, "own = min(C, P)", $"min({_demand[i] + own}, {_offer[i] + own})", own);
            }
        }
    }
}
