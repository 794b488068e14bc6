using Dems.Core.Energy;

namespace Dems.Core.Ledger.Execution.Intervals;

/// <summary>The closing of intervals in one block.</summary>
internal sealed class ClosingRun
{
    private readonly StateDraft _draft;
    private readonly PoolTerms _terms;
    private readonly ChainId _chain;
    private readonly List<ResultRow> _rows;
    private readonly long _now;
    private readonly ProposerTimes _proposers;
    private readonly int _oneHonest;
    private readonly SortedDictionary<Carrier, IntervalAllocator> _allocators = [];
    private readonly SortedDictionary<Carrier, PolicySchedule> _schedules = [];
    private readonly SortedDictionary<(Carrier Carrier, int Day), DayUnderWay> _visited = [];

    public ClosingRun(StateDraft draft, BlockHeader header, PoolTerms terms, List<ResultRow> rows)
    {
        (_draft, _chain, _terms, _rows) = (draft, header.Chain, terms, rows);
        _now = header.Time.UnixMilliseconds / 1_000;
        var validators = draft.Get(StateKeys.Validators, StateDecoders.Validators)!.At(header.Height);
        _oneHonest = validators.OneHonest;
        _proposers = draft.Get(StateKeys.Proposers, StateDecoders.Proposers) ?? new ProposerTimes();
        _proposers.Set(validators[header.Proposer].Fingerprint, _now);
        draft.Set(StateKeys.Proposers, _proposers);
    }

    /// <summary>What is due now, by start and carrier.</summary>
    public List<(IntervalSpan Span, Carrier Carrier)> Due()
    {
        var due = new List<(IntervalSpan Span, Carrier Carrier)>();
        foreach (var carrier in Enum.GetValues<Carrier>())
        {
            foreach (var (day, time) in AgendaOf(carrier)?.Days ?? [])
            {
                if (time <= _now)
                {
                    due.AddRange(DueOf(carrier, day).Select(span => (span, carrier)));
                }
            }
        }

        due.Sort(static (x, y) => (x.Span.Start, x.Carrier).CompareTo((y.Span.Start, y.Carrier)));
        return due;
    }

    /// <summary>What closing an interval of a carrier costs.</summary>
    public int NodesOf(Carrier carrier) => AllocatorOf(carrier).Nodes;

    /// <summary>Closes an interval; one that only seemed complete goes on waiting.</summary>
    public void Close(IntervalSpan span, Carrier carrier)
    {
        var (key, day) = _visited[(carrier, span.Day)];
        var slot = day.Find(span.Offset)!.Value;
        var allocator = AllocatorOf(carrier);
        var input = allocator.Gather(span);
        if (slot.Status == IntervalStatus.Ready && input.Missing > 0)
        {
            day.Put(slot with { Status = IntervalStatus.Open });
        }
        else
        {
            allocator.Allocate(span, input, slot.Revision + 1, _rows);
            day.Put(slot with { Status = IntervalStatus.Closed, Revision = slot.Revision + 1, Since = _now });
        }

        _draft.Set(key, day);
    }

    /// <summary>Sets the agendas anew for the days that were looked at, and ends days that nothing can change any more.</summary>
    public void Finish()
    {
        foreach (var ((carrier, number), (_, day)) in _visited)
        {
            var agenda = AgendaOf(carrier)!;
            agenda.Set(number, day.Slots.Min(slot => IntervalRules.DueOf(slot, SpanOf(carrier, number, slot), _terms)));
            _draft.Set(StateKeys.IntervalAgenda(carrier), agenda);
        }

        foreach (var carrier in _visited.Keys.Select(visited => visited.Carrier).Distinct().ToList())
        {
            EndDays(carrier, AgendaOf(carrier)!);
        }
    }

    // Oldest first, and only while nothing older is still open: the first day still allocated is a single number.
    private void EndDays(Carrier carrier, IntervalAgenda agenda)
    {
        foreach (var (number, due) in agenda.Days.ToList())
        {
            var key = StateKeys.IntervalDay(carrier, number);
            var day = due == IntervalRules.Never ? _draft.Get(key, StateDecoders.IntervalDay)! : null;
            if (day is null || day.Slots.Any(slot => IntervalRules.IsCorrectable(slot, _terms, _now)))
            {
                return;
            }

            foreach (var slot in day.Slots)
            {
                _draft.Remove(StateKeys.IntervalRecord(carrier, SpanOf(carrier, number, slot).Start));
            }

            _draft.Remove(key);
            agenda.End(number);
        }
    }

    private IEnumerable<IntervalSpan> DueOf(Carrier carrier, int number)
    {
        var key = StateKeys.IntervalDay(carrier, number);
        var day = _draft.Get(key, StateDecoders.IntervalDay)!;
        _visited.Add((carrier, number), new DayUnderWay(key, day));
        foreach (var slot in day.Slots)
        {
            var span = SpanOf(carrier, number, slot);
            var isDue = slot.Status switch
            {
                IntervalStatus.Ready or IntervalStatus.Corrected => true,
                IntervalStatus.Open => IntervalRules.IsGraceOver(slot, span, _terms, _proposers, _oneHonest, _now),
                _ => false,
            };
            if (isDue)
            {
                yield return span;
            }
        }
    }

    private IntervalSpan SpanOf(Carrier carrier, int day, IntervalSlot slot)
    {
        var start = (long)day * BatchExecution.SecondsPerDay + slot.Offset;
        return new IntervalSpan(start, _terms.LengthUnder(ScheduleOf(carrier).At(start).Policy));
    }

    private PolicySchedule ScheduleOf(Carrier carrier)
    {
        if (!_schedules.TryGetValue(carrier, out var schedule))
        {
            schedule = _draft.Get(StateKeys.Policies(carrier), StateDecoders.Policies)!;
            _schedules.Add(carrier, schedule);
        }

        return schedule;
    }

    private IntervalAgenda? AgendaOf(Carrier carrier) => _draft.Get(StateKeys.IntervalAgenda(carrier), StateDecoders.IntervalAgenda);

    private IntervalAllocator AllocatorOf(Carrier carrier)
    {
        if (!_allocators.TryGetValue(carrier, out var allocator))
        {
            allocator = new IntervalAllocator(_draft, _chain, carrier);
            _allocators.Add(carrier, allocator);
        }

        return allocator;
    }

    private readonly record struct DayUnderWay(Hash32 Key, IntervalDay Day);
}
