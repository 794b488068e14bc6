using Dems.Contracts.Settlement;
using Dems.Core.Energy;
using Dems.Core.Settlement.Calendar;

namespace Dems.Api.Tests;

/// <summary>A desk that has settled November 2026 of the pool "community", cannot settle December, and waits for certificates of January.</summary>
internal sealed class FakeSettlement : ISettlementDesk
{
    public static NodeAddress Party { get; } = new(new byte[NodeAddress.Size]);

    private static readonly EnergyView Energy = new(1, 2, 3, 4, 5);

    public Task<DeskAnswer<SettlementView>> SettleAsync(string pool, BillingPeriod period, CancellationToken cancellationToken) => Task.FromResult(Answer(
        pool,
        period,
        new SettlementView(pool, period.ToString(), 7, FakeLedger.Id(1), null, true, [new StatementSummaryView(Party.ToString(), FakeLedger.Id(2), Energy, "9.11 EUR", 911)], [])));

    public Task<DeskAnswer<StatementAnswer>> StatementAsync(string pool, BillingPeriod period, NodeAddress party, CancellationToken cancellationToken) => Task.FromResult(Answer(
        pool,
        period,
        new StatementAnswer(new StatementView(party.ToString(), period.ToString(), "EUR", FakeLedger.Id(2), 7, null, [], ["due"], "9.11 EUR", 911), new byte[] { 1, 2, 3 })));

    public Task<DeskAnswer<WhyView>> ExplainAsync(string pool, NodeAddress node, long second, CancellationToken cancellationToken) => Task.FromResult(second == 0
        ? DeskAnswer<WhyView>.None(DeskStanding.NotFound, "No interval that holds it.")
        : DeskAnswer<WhyView>.Of(new WhyView(
            node.ToString(), "AT1", "Electricity", DateTimeOffset.FromUnixTimeSeconds(second), 900, 0, 3, FakeLedger.Id(3), false, 0, DateTimeOffset.UnixEpoch, "{}", [], [], [], Energy)));

    public Task<DeskAnswer<WhatIfView>> ReplayAsync(string pool, BillingPeriod period, WhatIfRequest request, CancellationToken cancellationToken) => Task.FromResult(Answer(
        pool, period, new WhatIfView(pool, period.ToString(), 7, 96, request.Preset == "at-static", [new WhatIfNodeView(Party.ToString(), Energy, Energy)], [])));

    private static DeskAnswer<T> Answer<T>(string pool, BillingPeriod period, T value)
        where T : class => (pool, period.First.Month) switch
        {
            ("community", 11) => DeskAnswer<T>.Of(value),
            ("community", 12) => DeskAnswer<T>.None(DeskStanding.Refused, "the pool has no tariff yet"),
            ("community", _) => DeskAnswer<T>.None(DeskStanding.NotYet, "Ask again."),
            _ => DeskAnswer<T>.None(DeskStanding.NotFound, "There is no such pool."),
        };
}
