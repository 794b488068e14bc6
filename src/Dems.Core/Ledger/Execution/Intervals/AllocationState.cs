using Dems.Core.Energy;
using Dems.Core.Ledger.Merkle;

namespace Dems.Core.Ledger.Execution.Intervals;

/// <summary>
/// Reads what a state says about a pool's intervals. Immutable, like the state. An interval is held until no correction can change it any more; what it gave stays provable by
/// the rows of the results.
/// </summary>
public sealed class AllocationState
{
    private readonly StateMap _map;

    internal AllocationState(StateMap map) => _map = map;

    /// <summary>The pool's terms.</summary>
    public PoolTerms Terms => Draft.Get(StateKeys.PoolTerms, StateDecoders.PoolTerms)!.Terms;

    /// <summary>Number of nodes ever registered.</summary>
    public int NodeCount => NodeIndex.Count(Draft);

    // A draft decodes each record once and is not shared: reading leaves nothing behind.
    private StateDraft Draft => new(_map);

    /// <summary>The policies of a carrier; null if the pool does not share it.</summary>
    public PolicySchedule? PoliciesOf(Carrier carrier) => Draft.Get(StateKeys.Policies(carrier), StateDecoders.Policies);

    /// <summary>The nodes ever registered from a place on, in that order, at most so many.</summary>
    public IReadOnlyList<NodeAddress> NodesFrom(int place, int limit)
    {
        var draft = Draft;
        return [.. Enumerable.Range(place, Math.Clamp(NodeIndex.Count(draft) - place, 0, limit)).Select(ordinal => NodeIndex.AddressOf(draft, ordinal))];
    }

    /// <summary>The UTC days, counted from 1970-01-01, with intervals of a carrier that can still change; ascending.</summary>
    public IReadOnlyList<int> DaysOf(Carrier carrier) =>
        [.. (Draft.Get(StateKeys.IntervalAgenda(carrier), StateDecoders.IntervalAgenda)?.Days ?? []).Select(day => day.Key)];

    /// <summary>The intervals of a carrier that start on a UTC day, ascending.</summary>
    public IReadOnlyList<AllocatedInterval> OnDay(Carrier carrier, int day)
    {
        var draft = Draft;
        var slots = draft.Get(StateKeys.IntervalDay(carrier, day), StateDecoders.IntervalDay)?.Slots ?? [];
        return [.. slots.Select(slot => Read(draft, carrier, day, slot))];
    }

    /// <summary>
    /// What an interval waits for, or was allocated without: nodes with a contract for it whose awaited register does not cover it, ascending by address. A node stands twice
    /// if both its sides are missing.
    /// </summary>
    /// <param name="carrier">The carrier.</param>
    /// <param name="start">A second of the interval.</param>
    public IReadOnlyList<KeyValuePair<NodeAddress, Register>> MissingOf(Carrier carrier, long start)
    {
        var draft = Draft;
        if (draft.Get(StateKeys.Policies(carrier), StateDecoders.Policies)?.At(start).Policy is not { } policy)
        {
            return [];
        }

        var span = IntervalSpan.Of(start, Terms.LengthUnder(policy));
        var missing = new List<KeyValuePair<NodeAddress, Register>>();
        foreach (var node in NodeIndex.List(draft, carrier).Where(node => node.Record.Covers(span.Start, span.End)))
        {
            var (consumption, production) = (MeteredSides.Consumption(policy.Basis), MeteredSides.Production(policy.Basis));
            if (node.NeedsConsumption && !new MeteredRegister(draft, node.Address, consumption).Read(span).IsComplete)
            {
                missing.Add(new(node.Address, consumption));
            }

            if (node.NeedsProduction && !new MeteredRegister(draft, node.Address, production).Read(span).IsComplete)
            {
                missing.Add(new(node.Address, production));
            }
        }

        return missing;
    }

    private static AllocatedInterval Read(StateDraft draft, Carrier carrier, int day, IntervalSlot slot)
    {
        var start = (long)day * BatchExecution.SecondsPerDay + slot.Offset;
        var terms = draft.Get(StateKeys.PoolTerms, StateDecoders.PoolTerms)!.Terms;
        var policy = draft.Get(StateKeys.Policies(carrier), StateDecoders.Policies)!.At(start).Policy;
        var outcomes = draft.Get(StateKeys.IntervalRecord(carrier, start), StateDecoders.IntervalRecord)?.Outcomes ?? [];
        return new AllocatedInterval(
            carrier,
            start,
            terms.LengthUnder(policy),
            slot.Revision,
            slot.Status == IntervalStatus.Corrected,
            [.. outcomes.Select(outcome => KeyValuePair.Create(NodeIndex.AddressOf(draft, outcome.Ordinal), outcome.Amounts))]);
    }
}
