using Dems.Core.Allocation;
using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Execution;
using Dems.Core.Ledger.Execution.Intervals;

namespace Dems.Core.Governance.Trials;

/// <summary>
/// Replays the pool's own last days under a policy that is not in force, before a ballot on it opens (DESIGN 8): the readings of the state are allocated again, by the policies that
/// were in force and by the proposed one, interval by interval with the same arithmetic as on the chain, invariants included. A stretch as long as the longer of the two intervals is
/// replayed if all its intervals have been allocated on the chain. Nothing is changed; the state is read only. Day after day, so that whoever runs it can do other things between.
/// </summary>
public sealed class RuleTrial
{
    /// <summary>Most days that a trial replays.</summary>
    public const int MaxDays = 31;

    private readonly StateDraft _draft;
    private readonly PoolTerms _terms;
    private readonly Carrier _carrier;
    private readonly PolicySchedule _schedule;
    private readonly int _length;
    private readonly IntervalAllocator _before;
    private readonly IntervalAllocator _after;
    private readonly SortedDictionary<int, TrialNode> _nodes = [];
    private AllocatedAmounts _sumBefore;
    private AllocatedAmounts _sumAfter;
    private long _from;
    private long _until;
    private int _intervals;
    private int _skipped;
    private int _missing;
    private bool _isConserved = true;

    private RuleTrial(StateDraft draft, ChainId chain, Carrier carrier, PolicySchedule schedule, AllocationPolicy policy, IReadOnlyList<int> days)
    {
        (_draft, _carrier, _schedule, Days) = (draft, carrier, schedule, days);
        _terms = draft.Get(StateKeys.PoolTerms, StateDecoders.PoolTerms)!.Terms;
        _length = _terms.LengthUnder(policy);
        _before = new IntervalAllocator(draft, chain, carrier);
        _after = new IntervalAllocator(draft, chain, carrier, new PolicySchedule([new PolicyPeriod(0, policy)]));
    }

    /// <summary>The UTC days to replay, counted from 1970-01-01, ascending.</summary>
    public IReadOnlyList<int> Days { get; }

    /// <summary>Prepares a trial; false with a reason if the policy could not be in force on this chain, or the pool does not share the carrier.</summary>
    /// <param name="state">The state whose readings are replayed.</param>
    /// <param name="carrier">The carrier.</param>
    /// <param name="policy">What is proposed.</param>
    /// <param name="days">How many of the newest days with allocated intervals to replay: 1…<see cref="MaxDays"/>.</param>
    /// <param name="trial">The trial; null if there is none.</param>
    /// <param name="error">Why not.</param>
    public static bool TryStart(LedgerState state, Carrier carrier, AllocationPolicy policy, int days, out RuleTrial trial, out string error)
    {
        trial = null!;
        if (state.Allocation.PoliciesOf(carrier) is not { } schedule)
        {
            error = $"carrier: the pool does not share {carrier}";
            return false;
        }

        error = days is < 1 or > MaxDays ? $"days: 1…{MaxDays} are allowed, not {days}" : state.Allocation.Terms.RefusalOf(policy) ?? "";
        if (error.Length > 0)
        {
            return false;
        }

        var draft = new StateDraft(state.Map);
        var known = state.Allocation.DaysOf(carrier).Where(day => Allocated(draft, carrier, day).Count > 0).TakeLast(days);
        trial = new RuleTrial(draft, state.Chain, carrier, schedule, policy, [.. known]);
        return true;
    }

    /// <summary>Replays one of <see cref="Days"/>; each once, in their order.</summary>
    /// <exception cref="AllocationInvariantException">A rule broke an invariant.</exception>
    public void Replay(int day)
    {
        var allocated = Allocated(_draft, _carrier, day);
        var midnight = (long)day * BatchExecution.SecondsPerDay;
        for (var start = midnight; start < midnight + BatchExecution.SecondsPerDay;)
        {
            var end = start + Math.Max(_length, LengthAt(start));
            var old = SpansOf(start, end);
            if (old.TrueForAll(span => allocated.Contains(span.Offset)))
            {
                Replay(start, end, old);
            }
            else if (old.Exists(span => allocated.Contains(span.Offset)))
            {
                _skipped++;
            }

            start = end;
        }
    }

    /// <summary>What the days replayed so far gave.</summary>
    public TrialResult Result() => new(
        _carrier, _from, _until, _intervals, _skipped, _missing, _isConserved, _sumBefore, _sumAfter, [.. _nodes.Values.OrderBy(node => node.Node)]);

    // Lengths divide each other and policies change where both of theirs begin, so that the intervals in force fill the stretch.
    private List<IntervalSpan> SpansOf(long start, long end)
    {
        var spans = new List<IntervalSpan>();
        for (var at = start; at < end; at += LengthAt(at))
        {
            spans.Add(new IntervalSpan(at, LengthAt(at)));
        }

        return spans;
    }

    private void Replay(long start, long end, List<IntervalSpan> old)
    {
        foreach (var span in old)
        {
            Add(_before.Try(span, _before.Gather(span), out var totals), totals, static (node, amounts) => node with { Before = node.Before + amounts });
            _sumBefore += totals;
        }

        for (var at = start; at < end; at += _length)
        {
            var span = new IntervalSpan(at, _length);
            var input = _after.Gather(span);
            Add(_after.Try(span, input, out var totals), totals, static (node, amounts) => node with { After = node.After + amounts });
            _sumAfter += totals;
            _missing += input.Missing;
            _intervals++;
        }

        _from = _until == 0 ? start : _from;
        _until = end;
    }

    private void Add(List<NodeOutcome> outcomes, AllocatedAmounts totals, Func<TrialNode, AllocatedAmounts, TrialNode> add)
    {
        _isConserved &= totals.Allocated == totals.Sold;
        foreach (var (ordinal, amounts) in outcomes)
        {
            _isConserved &= amounts is { Grid: >= 0, Export: >= 0 };
            var node = _nodes.TryGetValue(ordinal, out var known) ? known : new TrialNode(NodeIndex.AddressOf(_draft, ordinal), default, default);
            _nodes[ordinal] = add(node, amounts);
        }
    }

    private int LengthAt(long start) => _terms.LengthUnder(_schedule.At(start).Policy);

    private static HashSet<int> Allocated(StateDraft draft, Carrier carrier, int day) =>
        [.. (draft.Get(StateKeys.IntervalDay(carrier, day), StateDecoders.IntervalDay)?.Slots ?? []).Where(slot => slot.Revision >= 0).Select(slot => slot.Offset)];
}
