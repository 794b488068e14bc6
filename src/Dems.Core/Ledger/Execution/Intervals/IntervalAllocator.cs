using System.Runtime.InteropServices;
using Dems.Core.Allocation;
using Dems.Core.Energy;

namespace Dems.Core.Ledger.Execution.Intervals;

/// <summary>Allocates the intervals of one carrier during one block: keeps the roster and the plan bound to it from one interval to the next.</summary>
internal sealed class IntervalAllocator(StateDraft draft, ChainId chain, Carrier carrier, PolicySchedule schedule)
{
    private readonly List<RosterNode> _roster = NodeIndex.List(draft, carrier);
    private readonly Dictionary<int, NodeAddress> _addresses = [];
    private List<NodeMeters>? _meters;
    private AllocationBasis _basis;
    private AllocationPlan? _plan;
    private AllocationOutcome? _outcome;

    /// <summary>Allocates by the policies in force.</summary>
    public IntervalAllocator(StateDraft draft, ChainId chain, Carrier carrier)
        : this(draft, chain, carrier, draft.Get(StateKeys.Policies(carrier), StateDecoders.Policies)!)
    {
    }

    /// <summary>Nodes on the roster: what one interval costs.</summary>
    public int Nodes => _roster.Count;

    /// <summary>What the nodes bring to an interval.</summary>
    public IntervalInput Gather(IntervalSpan span)
    {
        var basis = schedule.At(span.Start).Policy.Basis;
        if (_meters is null || basis != _basis)
        {
            var (consumption, production) = (MeteredSides.Consumption(basis), MeteredSides.Production(basis));
            _meters = [.. _roster.Select(node => new NodeMeters(
                node, new MeteredRegister(draft, node.Address, consumption), new MeteredRegister(draft, node.Address, production)))];
            _basis = basis;
        }

        return IntervalInput.Gather(_meters, span);
    }

    /// <summary>Allocates an interval, keeps the outcome in the state and adds the rows: for the interval, then for each node that has an amount, or has another one than before.</summary>
    public void Allocate(IntervalSpan span, IntervalInput input, int revision, List<ResultRow> rows)
    {
        var period = schedule.At(span.Start);
        var outcomes = Compute(span, input, period.Policy, out var totals);
        var key = StateKeys.IntervalRecord(carrier, span.Start);
        var before = draft.Get(key, StateDecoders.IntervalRecord)?.Outcomes ?? [];
        rows.Add(new IntervalRow(
            carrier, span.Start, span.Duration, revision, period.From, input.Nodes.Count, input.Missing, input.Missing > 0 || input.HasUnsettled, totals, Price: null));
        AddRows(span, revision, before, outcomes, rows);
        draft.Set(key, new IntervalRecord(revision, outcomes));
    }

    /// <summary>What an interval gives each node with an amount, ascending by ordinal. Leaves nothing behind.</summary>
    public List<NodeOutcome> Try(IntervalSpan span, IntervalInput input, out AllocatedAmounts totals) => Compute(span, input, schedule.At(span.Start).Policy, out totals);

    private List<NodeOutcome> Compute(IntervalSpan span, IntervalInput input, AllocationPolicy policy, out AllocatedAmounts totals)
    {
        var nodes = CollectionsMarshal.AsSpan(input.Nodes);
        if (_plan is null || _plan.Policy != policy || !_plan.Participants.SequenceEqual(nodes))
        {
            _plan = AllocationPlan.TryCreate(chain, carrier, policy, nodes, out var plan, out var refusal) ? plan : throw Broken(span, refusal);
            _outcome = _plan.NewOutcome();
        }

        var consumption = CollectionsMarshal.AsSpan(input.Consumption);
        var production = CollectionsMarshal.AsSpan(input.Production);
        if (!_plan.TryAllocate(span.Start, span.Duration, consumption, production, parameters: null, _outcome!, out var error))
        {
            throw Broken(span, error);
        }

        totals = default;
        var outcomes = new List<NodeOutcome>(nodes.Length);
        for (var i = 0; i < nodes.Length; i++)
        {
            var (own, charged, discharged) = (_outcome!.Own[i], _outcome.Charged[i], _outcome.Discharged[i]);
            var amounts = new AllocatedAmounts(
                consumption[i], production[i], _outcome.Given[i] + own, _outcome.Placed[i] + own, own, _outcome.Leftover[i], charged, discharged);
            totals += amounts;
            if (amounts != default)
            {
                outcomes.Add(new NodeOutcome(input.Ordinals[i], amounts));
            }
        }

        outcomes.Sort(static (x, y) => x.Ordinal.CompareTo(y.Ordinal));
        return outcomes;
    }

    private void AddRows(IntervalSpan span, int revision, IReadOnlyList<NodeOutcome> before, List<NodeOutcome> after, List<ResultRow> rows)
    {
        var (old, now) = (0, 0);
        while (old < before.Count || now < after.Count)
        {
            var ordinal = Math.Min(old < before.Count ? before[old].Ordinal : int.MaxValue, now < after.Count ? after[now].Ordinal : int.MaxValue);
            AllocatedAmounts? replaced = old < before.Count && before[old].Ordinal == ordinal ? before[old++].Amounts : null;
            var amounts = now < after.Count && after[now].Ordinal == ordinal ? after[now++].Amounts : default;
            if (replaced != amounts)
            {
                rows.Add(new AllocationRow(carrier, span.Start, span.Duration, AddressOf(ordinal), revision, amounts, replaced));
            }
        }
    }

    private NodeAddress AddressOf(int ordinal)
    {
        if (!_addresses.TryGetValue(ordinal, out var address))
        {
            address = NodeIndex.AddressOf(draft, ordinal);
            _addresses.Add(ordinal, address);
        }

        return address;
    }

    private InvalidOperationException Broken(IntervalSpan span, string reason) =>
        new($"The interval from {span.Start} of carrier {carrier} cannot be allocated, although policies and readings were checked before: {reason}.");
}
