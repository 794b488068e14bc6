using Dems.Contracts.Queries;
using Dems.Core.Energy;

namespace Dems.Api.Tests;

/// <summary>The pool "community" with five nodes and four quarter-hours of electricity from the start of 1970; the last one is open.</summary>
internal sealed class FakePool : IPoolQueries
{
    public const int Nodes = 5;
    public const int Intervals = 4;

    private static readonly AmountsView Amounts = new(9, 4, 4, 4, 5, 0);

    public Task<PoolView?> PoolAsync(string pool, CancellationToken cancellationToken) => Task.FromResult(pool != "community" ? null : new PoolView(
        pool,
        Nodes,
        60,
        3_600,
        [new PolicyView("NaturalGas", DateTimeOffset.UnixEpoch, 86_400, "Grid", "EqualWithCaps", "ProRata", "Pooled", "AQ==")],
        new PoolBalance(3, 12, 0, 15, IsConserved: true)));

    public Task<IReadOnlyList<NodeView>?> NodesAsync(string pool, int place, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<NodeView>?>(pool != "community" ? null : [.. Enumerable.Range(0, Nodes).Skip(place).Take(limit).Select(Node)]);

    public Task<IReadOnlyList<IntervalView>?> IntervalsAsync(string pool, Carrier carrier, long from, long to, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<IntervalView>?>(pool != "community" ? null
            : carrier != Carrier.Electricity ? []
            : [.. Enumerable.Range(0, Intervals).Where(i => i * 900 >= from && i * 900 < to).Take(limit).Select(i => Interval(i, nodes: null))]);

    public Task<IntervalView?> IntervalAsync(string pool, Carrier carrier, long start, CancellationToken cancellationToken) =>
        Task.FromResult(start is 0 && carrier == Carrier.Electricity ? Interval(0, [new IntervalNodeView("dems1x", Amounts)]) : null);

    public Task<IReadOnlyList<MissingView>?> MissingAsync(string pool, Carrier carrier, int days, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<MissingView>?>(
            pool != "community" ? null : [new MissingView("dems1x", "AT001", "dems1y", "StateOfCharge", days, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch)]);

    private static NodeView Node(int i) =>
        new($"dems1{i}", $"AT00{i}", "dems1y", "community", DateTimeOffset.UnixEpoch, ValidUntil: null, [new SourceView("tank", "NaturalGas", "Boiler", 0, 7_000)]);

    private static IntervalView Interval(int i, IReadOnlyList<IntervalNodeView>? nodes) =>
        new("Electricity", DateTimeOffset.FromUnixTimeSeconds(i * 900), 900, i == Intervals - 1 ? "open" : "allocated", i == Intervals - 1 ? -1 : 0, Amounts, nodes);
}
