using Dems.Core.Energy;

namespace Dems.Core.Ledger.Execution.Intervals;

/// <summary>
/// Notes in which intervals the readings of one batch fall: how much of what an interval waits for is there, and what was corrected after it was allocated. Readings that the
/// policy does not count, that are longer than an interval or that cross its bounds are recorded, but allocate nothing.
/// </summary>
internal sealed class IntervalNotes(StateDraft draft, PoolTerms terms, NodeRecord node, long now)
{
    private readonly PolicySchedule? _schedule = draft.Get(StateKeys.Policies(node.Carrier), StateDecoders.Policies);
    private readonly IntervalAgenda _agenda = draft.Get(StateKeys.IntervalAgenda(node.Carrier), StateDecoders.IntervalAgenda) ?? new IntervalAgenda();
    private readonly RequirementSteps? _requirements = draft.Get(StateKeys.Requirements(node.Carrier), StateDecoders.Requirements);
    private readonly bool _needsConsumption = MeteredSides.NeedsConsumption(node);
    private readonly bool _needsProduction = MeteredSides.NeedsProduction(node);
    private IntervalDay? _day;
    private int _number;
    private long _due;

    /// <summary>Notes one reading that is new to the state, or a correction of one.</summary>
    public void Add(Register register, long start, int duration, bool isNew)
    {
        if (_schedule is null)
        {
            return;
        }

        var policy = _schedule.At(start).Policy;
        var isConsumption = register == MeteredSides.Consumption(policy.Basis);
        if (!isConsumption && register != MeteredSides.Production(policy.Basis))
        {
            return;
        }

        var span = IntervalSpan.Of(start, terms.LengthUnder(policy));
        if (start + duration > span.End || span.Day < _agenda.FirstOpenDay)
        {
            return;
        }

        MoveTo(span.Day);
        var slot = _day!.Find(span.Offset) ?? new IntervalSlot(span.Offset, IntervalStatus.Open, Revision: -1, now, Covered: 0);
        var isAwaited = isConsumption ? _needsConsumption : _needsProduction;
        slot = slot with { Covered = slot.Covered + (isNew && isAwaited ? duration : 0) };
        slot = slot with { Status = StatusOf(slot, span) };
        _day.Put(slot);
        _due = Math.Min(_due, IntervalRules.DueOf(slot, span, terms));
    }

    /// <summary>Writes what was noted.</summary>
    public void Flush()
    {
        if (_day is not null)
        {
            draft.Set(StateKeys.IntervalDay(node.Carrier, _number), _day);
            _agenda.Set(_number, _due);
            draft.Set(StateKeys.IntervalAgenda(node.Carrier), _agenda);
            _day = null;
        }
    }

    private IntervalStatus StatusOf(IntervalSlot slot, IntervalSpan span)
    {
        if (slot.Status is IntervalStatus.Closed or IntervalStatus.Corrected)
        {
            return slot.Status == IntervalStatus.Corrected || IntervalRules.IsCorrectable(slot, terms, now) ? IntervalStatus.Corrected : IntervalStatus.Closed;
        }

        return slot.Covered >= (_requirements?.SidesOver(span) ?? 0) * span.Duration ? IntervalStatus.Ready : IntervalStatus.Open;
    }

    private void MoveTo(int day)
    {
        if (_day is not null && _number == day)
        {
            return;
        }

        Flush();
        _number = day;
        _day = draft.Get(StateKeys.IntervalDay(node.Carrier, day), StateDecoders.IntervalDay) ?? new IntervalDay();
        _due = _agenda.DueOf(day) ?? IntervalRules.Never;
    }
}
