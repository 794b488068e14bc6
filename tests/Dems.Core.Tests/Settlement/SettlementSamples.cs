using Dems.Core.Energy;
using Dems.Core.Settlement;
using Dems.Core.Settlement.Calendar;
using Dems.Core.Settlement.Corrections;
using Dems.Core.Settlement.Encoding;
using Dems.Core.Settlement.Statements;
using Dems.Core.Settlement.Tariffs;
using Xunit;
using static Dems.Core.Tests.Settlement.Given;

namespace Dems.Core.Tests.Settlement;

/// <summary>
/// The worked example of docs/settlement.md: a house and a roof in April 2026. In each quarter-hour the roof gives the house 40 Wh, uses 30 Wh itself and
/// exports 20 Wh; the house takes another 80 Wh from the grid. Alice leaves the house at midnight to 16 April, Carol moves in.
/// </summary>
internal static class SettlementSamples
{
    public const string House = "house";
    public const string Roof = "roof";

    public static BillingPeriod April { get; } = BillingPeriod.Month(2026, 4);

    public static long MoveOut { get; } = Vienna.FirstSecondOf(new DateOnly(2026, 4, 16), 0);

    public static Tariff Tariff { get; } = new(
        7,
        Currency.Euro,
        "rounding",
        [
            Line("community energy", LineKind.InternalPrice, LineBasis.SharedIn, Payee.Community, 200_000, LinePrice.Flat(105_000)),
            Line("community energy sold", LineKind.InternalPrice, LineBasis.SharedOut, Payee.Community, 0, LinePrice.Flat(100_000)),
            Line("community fee", LineKind.CommunityFee, LineBasis.SharedIn, Payee.Community, 200_000, LinePrice.Flat(5_000)),
            Line("membership", LineKind.FixedFee, LineBasis.Period, Payee.Community, 200_000, LinePrice.Fixed(2_500_000)),
            Line("local grid", LineKind.NetworkFee, LineBasis.SharedIn, Payee.GridOperator, 200_000, LinePrice.Flat(32_000)) with { Group = "local" },
            Line("grid energy", LineKind.GridPrice, LineBasis.GridIn, Payee.Supplier, 200_000, new LinePrice.PerEnergy([Peak, OffPeak])),
            Line("surplus", LineKind.FeedIn, LineBasis.GridOut, Payee.Supplier, 0, LinePrice.Flat(60_000)),
        ]);

    public static TariffHistory Tariffs { get; } = History((0, Tariff));

    public static IReadOnlyList<NodeContract> Contracts { get; } =
        [Contract(House, "alice", 0, MoveOut, "local"), Contract(House, "carol", MoveOut, group: "local"), Contract(Roof, "bob")];

    public static IReadOnlyList<AllocatedEnergy> Rows { get; } = [.. RowsOf(April)];

    public static SettlementInput Input { get; } = new(Chain, April, Vienna, Tariffs, Contracts, Rows, []);

    public static PeriodSettlement Settlement { get; } = Settled(Input);

    /// <summary>At noon of 10 April (local) 30 Wh less were shared than settled.</summary>
    public static IReadOnlyList<AllocatedEnergy> Corrected { get; } =
    [
        .. Rows.Where(row => row.Start == Vienna.FirstSecondOf(new DateOnly(2026, 4, 10), 12 * 3600)).Select(row => row with
        {
            Energy = row.Node == Address(House) ? new EnergyTotals(0, 10, 0, 110, 0) : new EnergyTotals(30, 0, 10, 0, 50),
            Reference = Samples.HashOf($"correction of {row.Node}"),
        }),
    ];

    public static IReadOnlyList<StatementDelta> Deltas { get; } = Correct([.. Settlement.Statements.Select(statement => Billed(statement))], Rows, Corrected);

    public static IReadOnlyList<Note> Notes { get; } = SettlementBook.Empty.Issue(Deltas).Notes;

    /// <summary>May, with the corrections of April carried.</summary>
    public static PeriodSettlement May { get; } = Settled(Input with { Period = BillingPeriod.Month(2026, 5), Rows = [.. RowsOf(BillingPeriod.Month(2026, 5))], Carried = Deltas });

    /// <summary>One example of each encoded type.</summary>
    public static IReadOnlyDictionary<string, byte[]> Encoded { get; } = new Dictionary<string, byte[]>(StringComparer.Ordinal)
    {
        ["tariff"] = TariffCodec.Encode(Tariff),
        ["time-zone"] = LocalTimeCodec.Encode(Vienna),
        ["statement"] = StatementCodec.Encode(Settlement.Statements.Single(statement => statement.Party == Address("alice"))),
        ["statement-carrying"] = StatementCodec.Encode(May.Statements.Single(statement => statement.Party == Address("bob"))),
        ["note"] = NoteCodec.Encode(Notes[0]),
    };

    public static BilledStatement Billed(Statement statement, params StatementDelta[] deltas)
    {
        Assert.True(BilledStatement.TryCreate(statement, deltas, out var billed, out var error), error);
        return billed;
    }

    public static IReadOnlyList<StatementDelta> Correct(
        IReadOnlyList<BilledStatement> billed, IReadOnlyList<AllocatedEnergy> earlier, IReadOnlyList<AllocatedEnergy> corrected, TariffHistory? tariffs = null)
    {
        Assert.True(AllocationDiff.TryCompare(earlier, corrected, out var changes, out var error), error);
        Assert.True(Resettlement.TryCorrect(billed, changes, tariffs ?? Tariffs, Vienna, out var deltas, out error), error);
        return deltas;
    }

    private static PriceBand Peak => new("peak", [new TimeWindow(TimeWindow.AllMonths, TimeWindow.Workdays, 7 * 60, 20 * 60)], [new PriceTier(PriceTier.Open, 280_000)]);

    private static PriceBand OffPeak => new(
        "off-peak",
        [
            new TimeWindow(TimeWindow.AllMonths, TimeWindow.Workdays, 0, 7 * 60),
            new TimeWindow(TimeWindow.AllMonths, TimeWindow.Workdays, 20 * 60, 24 * 60),
            new TimeWindow(TimeWindow.AllMonths, TimeWindow.AllDays & ~TimeWindow.Workdays, 0, 24 * 60),
        ],
        [new PriceTier(50_000, 200_000), new PriceTier(PriceTier.Open, 210_000)]);

    private static TariffLine Line(string name, LineKind kind, LineBasis basis, Payee payee, int vat, LinePrice price) => new(name, kind, basis, Carrier.Electricity, "", payee, vat, price);

    private static IEnumerable<AllocatedEnergy> RowsOf(BillingPeriod period)
    {
        var span = Vienna.SpanOf(period, Carrier.Electricity);
        for (var start = span.Start; start < span.End; start += 900)
        {
            yield return Row(House, start, new EnergyTotals(0, 40, 0, 80, 0));
            yield return Row(Roof, start, new EnergyTotals(30, 0, 40, 0, 20));
        }
    }
}
