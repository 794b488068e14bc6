using Dems.Contracts.Queries;
using Dems.Core.Allocation.Encoding;
using Dems.Core.Energy;
using Dems.Core.Ledger.Execution;
using Dems.Core.Ledger.Execution.Intervals;

namespace Dems.Grains.Chains;

/// <summary>How a pool shares, as the API shows it.</summary>
internal static class PoolViews
{
    private const long SecondsPerDay = 86_400;

    public static PoolView Of(string pool, AllocationState state) => new(
        pool,
        state.NodeCount,
        state.Terms.Grace,
        state.Terms.Window,
        [.. Enum.GetValues<Carrier>().SelectMany(carrier => (state.PoliciesOf(carrier)?.Periods ?? []).Select(period => Of(state, carrier, period)))],
        PoolBalances.Of(state));

    public static IReadOnlyList<NodeView> Nodes(string pool, LedgerState state, int place, int limit) =>
        [.. state.Allocation.NodesFrom(place, limit).Select(address => NodeViews.Of(address, state.FindNode(address)!, pool))];

    public static IReadOnlyList<IntervalView> Intervals(AllocationState state, Carrier carrier, long from, long to, int limit) =>
    [
        .. state.DaysOf(carrier)
            .Where(day => (day + 1) * SecondsPerDay > from && day * SecondsPerDay < to)
            .SelectMany(day => state.OnDay(carrier, day))
            .Where(interval => interval.Start >= from && interval.Start < to)
            .Take(limit)
            .Select(interval => Of(interval, withNodes: false)),
    ];

    public static IntervalView? Interval(AllocationState state, Carrier carrier, long start) =>
        state.OnDay(carrier, (int)(start / SecondsPerDay)).FirstOrDefault(interval => interval.Start == start) is { } interval ? Of(interval, withNodes: true) : null;

    public static MissingView Of(LedgerState state, ChasedRegister item)
    {
        var node = state.FindNode(item.Node)!;
        return new MissingView(
            item.Node.ToString(),
            node.MeteringPoint,
            node.Party.ToString(),
            item.Register.ToString(),
            item.Intervals,
            DateTimeOffset.FromUnixTimeSeconds(item.From),
            DateTimeOffset.FromUnixTimeSeconds(item.Until));
    }

    private static PolicyView Of(AllocationState state, Carrier carrier, PolicyPeriod period)
    {
        var policy = period.Policy;
        return new PolicyView(
            carrier.ToString(),
            DateTimeOffset.FromUnixTimeSeconds(period.From),
            state.Terms.LengthUnder(policy),
            policy.Basis.ToString(),
            policy.Rule.GetType().Name,
            policy.Producers.GetType().Name,
            policy.Self.ToString(),
            Convert.ToBase64String(PolicyCodec.Encode(policy)));
    }

    private static IntervalView Of(AllocatedInterval interval, bool withNodes) => new(
        interval.Carrier.ToString(),
        DateTimeOffset.FromUnixTimeSeconds(interval.Start),
        interval.Duration,
        interval.IsCorrected ? "corrected" : interval.IsAllocated ? "allocated" : "open",
        interval.Revision,
        AmountsView.Of(interval.Totals),
        withNodes ? [.. interval.Amounts.Select(node => new IntervalNodeView(node.Key.ToString(), AmountsView.Of(node.Value)))] : null);
}
