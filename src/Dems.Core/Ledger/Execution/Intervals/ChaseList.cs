using Dems.Core.Energy;

namespace Dems.Core.Ledger.Execution.Intervals;

/// <summary>
/// What has to be chased: per node and register the intervals, of those that somebody has sent readings for and that can still change, that this register does not cover. Day after
/// day, so that whoever runs it can do other things between. The state is read only.
/// </summary>
public sealed class ChaseList
{
    private readonly StateDraft _draft;
    private readonly PoolTerms _terms;
    private readonly Carrier _carrier;
    private readonly PolicySchedule? _schedule;
    private readonly List<RosterNode> _roster;
    private readonly SortedDictionary<(NodeAddress Node, Register Register), ChasedRegister> _items = [];

    /// <summary>An empty list.</summary>
    /// <param name="state">The state that is read.</param>
    /// <param name="carrier">The carrier; one that the pool does not share gives nothing.</param>
    public ChaseList(LedgerState state, Carrier carrier)
    {
        (_draft, _carrier, _terms) = (new StateDraft(state.Map), carrier, state.Allocation.Terms);
        _schedule = state.Allocation.PoliciesOf(carrier);
        _roster = NodeIndex.List(_draft, carrier);
    }

    /// <summary>What is missing on the days so far, ascending by node and register.</summary>
    public IReadOnlyList<ChasedRegister> Items => [.. _items.Values];

    /// <summary>Adds a UTC day, counted from 1970-01-01; ascending, each once.</summary>
    public void Add(int day)
    {
        if (_schedule is null || _draft.Get(StateKeys.IntervalDay(_carrier, day), StateDecoders.IntervalDay) is not { } known)
        {
            return;
        }

        foreach (var group in known.Slots
            .Select(slot => (long)day * BatchExecution.SecondsPerDay + slot.Offset)
            .Select(start => (_schedule.At(start).Policy, Start: start))
            .GroupBy(slot => slot.Policy.Basis, slot => new IntervalSpan(slot.Start, _terms.LengthUnder(slot.Policy))))
        {
            var (consumption, production) = (MeteredSides.Consumption(group.Key), MeteredSides.Production(group.Key));
            var spans = group.ToList();
            foreach (var node in _roster)
            {
                AddMissing(node, node.NeedsConsumption, consumption, spans);
                AddMissing(node, node.NeedsProduction, production, spans);
            }
        }
    }

    private void AddMissing(RosterNode node, bool isAwaited, Register register, List<IntervalSpan> spans)
    {
        if (!isAwaited)
        {
            return;
        }

        var meter = new MeteredRegister(_draft, node.Address, register);
        foreach (var span in spans)
        {
            if (node.Record.Covers(span.Start, span.End) && !meter.Read(span).IsComplete)
            {
                var key = (node.Address, register);
                _items[key] = _items.TryGetValue(key, out var item)
                    ? item with { Intervals = item.Intervals + 1, Until = span.End }
                    : new ChasedRegister(node.Address, register, Intervals: 1, span.Start, span.End);
            }
        }
    }
}
