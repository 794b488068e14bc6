using System.Numerics;
using CsCheck;
using Dems.Core.Energy;
using Dems.Core.Settlement;
using Dems.Core.Settlement.Calendar;
using Dems.Core.Settlement.Encoding;
using Dems.Core.Settlement.Statements;
using Dems.Core.Settlement.Tariffs;
using Xunit;
using static Dems.Core.Tests.Settlement.Given;

namespace Dems.Core.Tests.Settlement.Statements;

public sealed class StatementBuilderTests
{
    private static readonly long Noon = Utc("2026-04-10T10:00");

    [Fact]
    public void Lines_OfAnyPeriod_AreThoseOfTheSlowModel() =>
        SettlementGen.Input.Select(SettlementGen.Covered).Sample(
            input =>
            {
                var settlement = Settled(input);
                var unit = BigInteger.Pow(10, 7);
                SortedDictionary<string, BigInteger> exact = new(StringComparer.Ordinal);
                foreach (var statement in settlement.Statements)
                {
                    foreach (var section in statement.Sections)
                    {
                        var contract = input.Contracts.Single(c => c.Node == section.Node && c.Span.Contains(section.Span.Start));
                        var tariff = input.Tariffs.WithVersion(section.TariffVersion)!;
                        foreach (var line in section.Lines)
                        {
                            Assert.Equal(contract.Party, statement.Party);
                            exact.Add(StatementModel.Key(contract, section.Span.Start, tariff, tariff.Lines.Single(source => source.Name == line.Tag.Name)), (BigInteger)line.Exact.Nano);
                            Assert.Equal(StatementModel.Round((BigInteger)line.Exact.Nano, unit), line.Net);
                        }
                    }
                }

                Assert.Equal(StatementModel.Lines(input), exact);
            },
            iter: TestScale.Times(150));

    [Fact]
    public void Totals_OfAnyPeriod_AddUpPerRateAndOverAllPayees() =>
        SettlementGen.Input.Select(SettlementGen.Covered).Sample(
            input =>
            {
                var settlement = Settled(input);
                foreach (var statement in settlement.Statements)
                {
                    var lines = statement.Sections.SelectMany(section => section.Lines).ToList();
                    foreach (var total in statement.Totals)
                    {
                        var net = lines.Where(line => line.Tag.Payee == total.Payee && line.Tag.VatPpm == total.VatPpm).Sum(line => line.Net);
                        Assert.Equal((net, StatementModel.Round(net * (BigInteger)total.VatPpm, 1_000_000)), (total.Net, total.Vat));
                    }

                    Assert.Equal(lines.Sum(line => line.Net), statement.Totals.Sum(total => total.Net));
                    Assert.Equal(statement.Totals.Where(total => total.Payee == Payee.Community).Sum(total => total.Net + total.Vat), statement.Due);
                }

                var all = settlement.Statements.SelectMany(statement => statement.Sections).SelectMany(section => section.Lines).ToList();
                foreach (var clearing in settlement.Clearings)
                {
                    var own = all.Where(line => line.Tag.Payee == clearing.Payee).ToList();
                    Assert.Equal(clearing.Paid, clearing.Received + clearing.Fees + clearing.Residual);
                    Assert.Equal(own.Sum(line => line.Net), clearing.Paid - clearing.Received);
                    Assert.InRange(2 * Math.Abs(clearing.Residual), 0, own.Count + 1);
                }
            },
            iter: TestScale.Times(100));

    [Fact]
    public void Energy_OfAnyPeriod_IsConserved() =>
        SettlementGen.Input.Select(SettlementGen.Covered).Sample(
            input =>
            {
                var settlement = Settled(input);
                Assert.Equal(
                    input.Rows.Aggregate(default(EnergyTotals), (sum, row) => sum + row.Energy),
                    settlement.Statements.Aggregate(default(EnergyTotals), (sum, statement) => sum + statement.Energy));
                Assert.Equal(input.Rows.Count, settlement.Statements.SelectMany(statement => statement.Sections).SelectMany(section => section.Evidence).Sum(run => run.Count));
                Assert.Equal(input.Rows.Count(row => row.Provisional), settlement.ProvisionalIntervals);
            },
            iter: TestScale.Times(50));

    [Fact]
    public void Statements_OfShuffledLists_AreTheSameBytes() =>
        Gen.Select(SettlementGen.Input.Select(SettlementGen.Covered), Gen.Int).Sample(
            (input, seed) =>
            {
                var random = new Random(seed);
                var other = input with { Rows = [.. input.Rows.OrderBy(_ => random.Next())], Contracts = [.. input.Contracts.OrderBy(_ => random.Next())] };
                Assert.Equal(Settled(input).Statements.Select(StatementCodec.Encode), Settled(other).Statements.Select(StatementCodec.Encode));
            },
            iter: TestScale.Times(50));

    [Fact]
    public void FixedFee_OverAllPartiesOfAPeriod_SumsToTheFee()
    {
        var fee = new TariffLine("fee", LineKind.FixedFee, LineBasis.Period, Carrier.Electricity, "", Payee.Community, 0, LinePrice.Fixed(1_000_003));
        var april = BillingPeriod.Month(2026, 4);
        var span = Vienna.SpanOf(april, Carrier.Electricity);
        var moves = new[] { 0, span.Start + 1, span.Start + 1_000_000, span.Start + 2_000_001, NodeContract.Open };
        var contracts = moves.Zip(moves.Skip(1)).Select((pair, i) => Contract("home", $"party {i}", pair.First, pair.Second)).ToList();
        var settlement = Settled(new SettlementInput(Chain, april, Vienna, History((0, Tariff(fee))), contracts, [], []));
        Assert.Equal(4, settlement.Statements.Count);
        Assert.Equal(ExactAmount.OfMicro(1_000_003), settlement.Statements.SelectMany(statement => statement.Sections).SelectMany(section => section.Lines).Aggregate(ExactAmount.Zero, (sum, line) => sum + line.Exact));
    }

    [Fact]
    public void Evidence_OfConsecutiveIntervalsOfOneEntry_IsOneRun()
    {
        var start = Vienna.FirstSecondOf(new DateOnly(2026, 4, 2), 0);
        var rows = Enumerable.Range(0, 6).Select(i => Row("home", start + i * 900L, new EnergyTotals(0, 1, 0, 0, 0), provisional: i == 4) with { Reference = Samples.HashOf(i < 2 ? "first" : "second") });
        var section = Assert.Single(Assert.Single(Settled(Input() with { Rows = [.. rows] }).Statements).Sections);
        Assert.Equal(
            [
                new EvidenceRun(start, 900, 2, false, Samples.HashOf("first")),
                new EvidenceRun(start + 1_800, 900, 2, false, Samples.HashOf("second")),
                new EvidenceRun(start + 3_600, 900, 1, true, Samples.HashOf("second")),
                new EvidenceRun(start + 4_500, 900, 1, false, Samples.HashOf("second")),
            ],
            section.Evidence);
        Assert.Equal(1, section.ProvisionalIntervals);
    }

    [Fact]
    public void GasRows_OfTheFirstMorning_BelongToTheMonthBefore()
    {
        var tariff = Tariff(Internal(1) with { Carrier = Carrier.NaturalGas });
        var morning = Row("boiler", Vienna.FirstSecondOf(new DateOnly(2026, 5, 1), 5 * 3600), new EnergyTotals(0, 7, 0, 0, 0), 3600, Carrier.NaturalGas);
        var input = Input() with { Tariffs = History((0, tariff)), Contracts = [Contract("boiler", "alice", carrier: Carrier.NaturalGas)], Rows = [morning] };
        Assert.Equal(7, Assert.Single(Settled(input).Statements).Energy.SharedIn);
        Assert.EndsWith("no contract and tariff of the period hold when it starts", Refusal(input with { Period = BillingPeriod.Month(2026, 5) }), StringComparison.Ordinal);
    }

    [Fact]
    public void Input_ThatContradictsItself_IsRefusedWithItsPlace()
    {
        var row = Row("home", Noon, new EnergyTotals(0, 1, 0, 0, 0));
        Assert.EndsWith("overlaps another row", Refusal(Input() with { Rows = [row, row with { Start = Noon + 300 }] }), StringComparison.Ordinal);
        Assert.EndsWith("overlaps another row", Refusal(Input() with { Rows = [row, row] }), StringComparison.Ordinal);
        Assert.EndsWith("no contract and tariff of the period hold when it starts", Refusal(Input() with { Rows = [Row("stranger", Noon, default)] }), StringComparison.Ordinal);
        Assert.EndsWith("no contract and tariff of the period hold when it starts", Refusal(Input() with { Rows = [row with { Start = Utc("2026-05-01T00:00") }] }), StringComparison.Ordinal);
        Assert.EndsWith("0…9007199254740992 Wh are allowed", Refusal(Input() with { Rows = [Row("home", Noon, new EnergyTotals(0, -1, 0, 0, 0))] }), StringComparison.Ordinal);
        Assert.EndsWith("more than 1099511627776 Wh in one section", Refusal(Input() with { Rows = [Row("home", Noon, new EnergyTotals(0, (1L << 40) + 1, 0, 0, 0))] }), StringComparison.Ordinal);
        Assert.EndsWith("is out of range", Refusal(Input() with { Rows = [row with { Duration = 0 }] }), StringComparison.Ordinal);
        Assert.EndsWith(
            "a value of shared energy is beyond the highest price",
            Refusal(Input() with { Rows = [row with { Energy = row.Energy with { SharedOutValue = new ExactAmount(-1) } }] }),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Contracts_ThatContradictEachOther_AreRefused()
    {
        Assert.EndsWith("overlaps another contract", Refusal(Input() with { Contracts = [Contract("home", "alice"), Contract("home", "bob", Noon)] }), StringComparison.Ordinal);
        Assert.EndsWith("ends at 5, not after it begins", Refusal(Input() with { Contracts = [Contract("home", "alice", 5, 5)] }), StringComparison.Ordinal);
        Assert.Contains("group: 1…32 characters", Refusal(Input() with { Contracts = [Contract("home", "alice", group: " x")] }), StringComparison.Ordinal);
        Assert.EndsWith("no tariff holds when it begins", Refusal(Input() with { Tariffs = History((Noon, Tariff(Internal(1)))) }), StringComparison.Ordinal);
    }

    [Fact]
    public void Period_OutsideTheTableOrWithTwoCurrencies_IsRefused()
    {
        Assert.StartsWith("period 2028-01-01/2028-02-01: must have 1…366 days within the local-time table of Europe/Vienna", Refusal(Input() with { Period = BillingPeriod.Month(2028, 1) }), StringComparison.Ordinal);
        var lev = Tariff(Internal(1)) with { Version = 2, Currency = new Currency("BGN", 2) };
        Assert.Equal("one period has one currency, not BGN and EUR", Refusal(Input() with { Tariffs = History((0, Tariff(Internal(1))), (Noon, lev)) }));
    }

    [Fact]
    public void TariffHistory_OutOfOrder_IsRefused()
    {
        var tariff = Tariff(Internal(1));
        Assert.False(TariffHistory.TryCreate([new TariffVersion(0, tariff), new TariffVersion(5, tariff)], out _, out var same));
        Assert.Equal("tariff version 1: must be higher and later than the one before", same);
        Assert.False(TariffHistory.TryCreate([new TariffVersion(0, tariff with { Lines = [] })], out _, out var invalid));
        Assert.Equal("tariff version 1: lines: 1…64 are allowed, not 0", invalid);
    }

    [Fact]
    public void ExtremeAmounts_AtAllBounds_AreBilledExactly()
    {
        var milli = new Tariff(1, new Currency("BHD", 3), "rounding", [Internal(Dems.Core.Settlement.Tariffs.Tariff.MaxPrice)]);
        var input = Input() with { Tariffs = History((0, milli)), Rows = [Row("home", Noon, new EnergyTotals(0, StatementSection.MaxEnergy, 0, 0, 0))] };
        var line = Assert.Single(Settled(input).Statements).Sections[0].Lines[0];
        Assert.Equal(BigInteger.Pow(2, 40) * BigInteger.Pow(10, 11), (BigInteger)line.Exact.Nano);
        Assert.Equal(109_951_162_777_600_000, line.Net);
    }

    [Fact]
    public void Amounts_OfAllPartiesTogether_AreBounded()
    {
        var milli = new Tariff(1, new Currency("BHD", 3), "rounding", [Internal(Dems.Core.Settlement.Tariffs.Tariff.MaxPrice)]);
        var rows = Enumerable.Range(0, 11).Select(i => Row($"home {i}", Noon, new EnergyTotals(0, StatementSection.MaxEnergy, 0, 0, 0))).ToList();
        var input = Input() with { Tariffs = History((0, milli)), Rows = rows };
        Assert.Equal(
            "the amounts of the period sum to more than 1152921504606846976 units",
            Refusal(input with { Contracts = [.. rows.Select((_, i) => Contract($"home {i}", $"party {i}"))] }));
        Assert.StartsWith("party dems1", Refusal(input with { Contracts = [.. rows.Select((_, i) => Contract($"home {i}", "alice"))] }), StringComparison.Ordinal);
    }

    /// <summary>Nobody's bill depends on another's energy or contracts: a party can check its own alone.</summary>
    [Fact]
    public void Statement_OfOneParty_IsTheSameWithoutTheOthers() =>
        SettlementGen.Input.Select(SettlementGen.Covered).Sample(
            input =>
            {
                foreach (var statement in Settled(input).Statements)
                {
                    var contracts = input.Contracts.Where(contract => contract.Party == statement.Party).ToList();
                    var rows = input.Rows.Where(row => contracts.Any(contract => contract.Node == row.Node && contract.Span.Contains(row.Start))).ToList();
                    Assert.Equal(statement, Assert.Single(Settled(input with { Contracts = contracts, Rows = rows }).Statements));
                }
            },
            iter: TestScale.Times(50));

    [Fact]
    public void Carried_OfLaterPeriodsOfOtherPoolsOrTwice_AreRefused()
    {
        var delta = SettlementSamples.Deltas[0];
        var may = SettlementSamples.Input with { Period = BillingPeriod.Month(2026, 5), Rows = [], Carried = [delta] };
        Assert.Equal("a correction of period 2026-04-01/2026-05-01 is not of an earlier period of this pool", Refusal(may with { Period = BillingPeriod.Month(2026, 4) }));
        Assert.Equal("a correction of period 2026-04-01/2026-05-01 is not of an earlier period of this pool", Refusal(may with { Chain = Samples.Chain }));
        Assert.Equal("a correction stands twice", Refusal(may with { Carried = [delta, delta] }));
        Assert.Equal("one period has one currency, not CHF and EUR", Refusal(may with { Carried = [delta with { Currency = new Currency("CHF", 2) }] }));
    }

    private static SettlementInput Input() => new(Chain, BillingPeriod.Month(2026, 4), Vienna, History((0, Tariff(Internal(105_000)))), [Contract("home", "alice")], [], []);
}
