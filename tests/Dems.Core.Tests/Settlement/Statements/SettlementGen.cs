using CsCheck;
using Dems.Core.Energy;
using Dems.Core.Settlement;
using Dems.Core.Settlement.Calendar;
using Dems.Core.Settlement.Statements;
using Dems.Core.Settlement.Tariffs;
using static Dems.Core.Tests.Settlement.Given;

namespace Dems.Core.Tests.Settlement.Statements;

/// <summary>Small periods around changes of clocks, with several nodes, moves, tariffs, bands and tiers.</summary>
internal static class SettlementGen
{
    public const int Nodes = 3;

    private static readonly BillingPeriod[] Periods =
        [new(new DateOnly(2026, 3, 28), new DateOnly(2026, 4, 2)), new(new DateOnly(2026, 10, 24), new DateOnly(2026, 10, 26)), BillingPeriod.Day(new DateOnly(2026, 7, 1))];

    private static readonly Gen<EnergyTotals> Energy =
        Gen.Select(Gen.Long[0, 12], Gen.Long[0, 12], Gen.Long[0, 12], Gen.Long[0, 12], Gen.Long[0, 12], Gen.Long[0, 400_000], Gen.Long[0, 400_000])
            .Select((a, b, c, d, e, value, other) => new EnergyTotals(a, b, c, d, e)
            {
                SharedInValue = new ExactAmount(b == 0 ? 0 : value * b),
                SharedOutValue = new ExactAmount(c == 0 ? 0 : other * c),
            });

    /// <summary>An input of at most some dozens of rows, not in order.</summary>
    public static Gen<SettlementInput> Input { get; } =
        from period in Gen.OneOf([.. Periods.Select(Gen.Const)])
        from tariffs in Tariffs(period)
        from moves in Gen.Int[0, 3].Array[Nodes]
        from groups in Gen.Bool.Array[Nodes]
        from rows in Gen.Select(Gen.Int[0, Nodes - 1], Gen.Int[0, 5 * 96 - 1], Energy, Gen.Bool).Array[0, 40]
        select new SettlementInput(Chain, period, Vienna, tariffs, Contracts(period, moves, groups), Rows(period, rows), []);

    private static Gen<TariffHistory> Tariffs(BillingPeriod period) =>
        Gen.Select(Tariff(1), Tariff(2), Gen.Int[0, 200]).Select((first, second, change) =>
            History((0, first), (Vienna.SpanOf(period, Carrier.Electricity).Start + change * 900L, second)));

    private static Gen<Tariff> Tariff(int version) =>
        from bands in Bands
        from price in Gen.Long[0, 300_000].Array[5]
        from vat in Gen.OneOf(Gen.Const(0), Gen.Const(55_000), Gen.Const(200_000)).Array[7]
        from byAllocation in Gen.Bool
        from fee in Gen.Long[0, 7_000_000]
        from digits in Gen.Const(2)
        select new Tariff(
            version,
            new Currency("EUR", digits),
            "rounding",
            [
                Line("buy", LineKind.InternalPrice, LineBasis.SharedIn, Payee.Community, vat[0], byAllocation ? new LinePrice.ByAllocation() : LinePrice.Flat(price[0])),
                Line("sell", LineKind.InternalPrice, LineBasis.SharedOut, Payee.Community, vat[1], byAllocation ? new LinePrice.ByAllocation() : LinePrice.Flat(price[1])),
                Line("grid", LineKind.GridPrice, LineBasis.GridIn, Payee.Supplier, vat[2], bands),
                Line("feed", LineKind.FeedIn, LineBasis.GridOut, Payee.Supplier, vat[3], LinePrice.Flat(price[2] - 150_000)),
                Line("network", LineKind.NetworkFee, LineBasis.SharedIn, Payee.GridOperator, vat[4], LinePrice.Flat(price[3])) with { Group = "local" },
                Line("levy", LineKind.Levy, LineBasis.OwnUse, Payee.GridOperator, vat[5], LinePrice.Flat(price[4])),
                Line("meter", LineKind.FixedFee, LineBasis.Period, Payee.Community, vat[6], LinePrice.Fixed(fee)),
            ]);

    // Two bands that meet at one hour on workdays and at another on other days.
    private static Gen<LinePrice> Bands { get; } =
        from hour in Gen.Int[1, 23]
        from weekend in Gen.Int[1, 23]
        from tiers in Gen.Select(Gen.Long[1, 30], Gen.Long[-100_000, 300_000], Gen.Long[-100_000, 300_000]).Array[2]
        select (LinePrice)new LinePrice.PerEnergy(
        [
            Band("late", tiers[0], (TimeWindow.Workdays, hour * 60, 24 * 60), (TimeWindow.AllDays & ~TimeWindow.Workdays, weekend * 60, 24 * 60)),
            Band("early", tiers[1], (TimeWindow.Workdays, 0, hour * 60), (TimeWindow.AllDays & ~TimeWindow.Workdays, 0, weekend * 60)),
        ]);

    private static PriceBand Band(string name, (long End, long Price, long Above) tiers, params (int Days, int From, int To)[] windows) => new(
        name,
        [.. windows.Select(window => new TimeWindow(TimeWindow.AllMonths, window.Days, window.From, window.To))],
        [new PriceTier(tiers.End, tiers.Price), new PriceTier(PriceTier.Open, tiers.Above)]);

    private static TariffLine Line(string name, LineKind kind, LineBasis basis, Payee payee, int vat, LinePrice price) => new(name, kind, basis, Carrier.Electricity, "", payee, vat, price);

    // 0: one party; 1: the party moves in during the period; 2: two parties; 3: the same party moves house within itself.
    private static List<NodeContract> Contracts(BillingPeriod period, int[] moves, bool[] groups)
    {
        var span = Vienna.SpanOf(period, Carrier.Electricity);
        List<NodeContract> contracts = [];
        for (var i = 0; i < Nodes; i++)
        {
            var (node, group) = ($"node {i}", groups[i] ? "local" : "");
            var move = span.Start + (1 + i) * 5 * 3600;
            contracts.AddRange(moves[i] switch
            {
                0 => [Contract(node, $"party {i}", group: group)],
                1 => [Contract(node, $"party {i}", move, group: group)],
                2 => [Contract(node, $"party {i}", 0, move, group), Contract(node, "party 0", move)],
                _ => [Contract(node, $"party {i}", 0, move, group), Contract(node, $"party {i}", move, span.End - 3600)],
            });
        }

        contracts.Reverse();
        return contracts;
    }

    private static List<AllocatedEnergy> Rows(BillingPeriod period, (int Node, int Interval, EnergyTotals Energy, bool Provisional)[] rows)
    {
        var span = Vienna.SpanOf(period, Carrier.Electricity);
        return
        [
            .. rows.Where(row => span.Contains(span.Start + row.Interval * 900L)).DistinctBy(row => (row.Node, row.Interval))
                .Select(row => Row($"node {row.Node}", span.Start + row.Interval * 900L, row.Energy, provisional: row.Provisional)),
        ];
    }

    /// <summary>The rows that a contract covers; the others have nobody to bill.</summary>
    public static SettlementInput Covered(SettlementInput input) => input with
    {
        Rows = [.. input.Rows.Where(row => input.Contracts.Any(contract => contract.Node == row.Node && contract.Span.Contains(row.Start)))],
    };
}
