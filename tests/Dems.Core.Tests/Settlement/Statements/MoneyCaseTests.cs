using Dems.Core.Energy;
using Dems.Core.Settlement;
using Dems.Core.Settlement.Calendar;
using Dems.Core.Settlement.Statements;
using Dems.Core.Settlement.Tariffs;
using Xunit;
using static Dems.Core.Tests.Settlement.Given;

namespace Dems.Core.Tests.Settlement.Statements;

/// <summary>Small amounts must not be rounded away: 40 Wh at 10.5 ct/kWh are 0.42 ct, which is nothing in each quarter-hour and 12.10 in a month.</summary>
public sealed class MoneyCaseTests
{
    private const int QuarterHours = 30 * 96;

    [Fact]
    public void Statement_SmallQuarterHoursOfThirtyDays_BillsTheirExactSum()
    {
        var settlement = Settled(Input(Vienna, new BillingPeriod(new DateOnly(2026, 4, 1), new DateOnly(2026, 5, 1))));

        var statement = Assert.Single(settlement.Statements);
        var line = Assert.Single(Assert.Single(statement.Sections).Lines);
        Assert.Equal(115_200, line.WattHours);
        Assert.Equal(new ExactAmount(12_096_000_000), line.Exact);
        Assert.Equal(1210, line.Net);
        Assert.Equal("12.10 EUR", statement.Currency.Format(statement.Due));
    }

    [Fact]
    public void Clearing_OfThatMonth_NamesTheRoundingAsResidual()
    {
        var settlement = Settled(Input(Vienna, BillingPeriod.Month(2026, 4), withProducer: true));

        // The consumer pays 12.10; three producers get 4.03 for a third of 12.096 each: a cent is left.
        var clearing = Assert.Single(settlement.Clearings);
        Assert.Equal(new Clearing(Payee.Community, 1210, 1209, 0, 1, 0, "rounding"), clearing);
    }

    private static SettlementInput Input(LocalTimeRules time, BillingPeriod period, bool withProducer = false)
    {
        var start = time.SpanOf(period, Carrier.Electricity).Start;
        List<AllocatedEnergy> rows = [.. Enumerable.Range(0, QuarterHours).Select(i => Row("home", start + i * 900L, new EnergyTotals(0, 40, 0, 0, 0)))];
        List<NodeContract> contracts = [Contract("home", "alice")];
        if (withProducer)
        {
            foreach (var roof in Enumerable.Range(0, 3))
            {
                contracts.Add(Contract($"roof {roof}", $"producer {roof}"));
                rows.AddRange(Enumerable.Range(0, QuarterHours).Where(i => i % 3 == roof).Select(i => Row($"roof {roof}", start + i * 900L, new EnergyTotals(0, 0, 40, 0, 0))));
            }
        }

        var tariff = Tariff(Internal(105_000), Internal(105_000, LineBasis.SharedOut, name: "internal credit"));
        if (!withProducer)
        {
            tariff = Tariff(Internal(105_000));
        }

        return new SettlementInput(Chain, period, time, History((0, tariff)), contracts, rows, []);
    }
}
