using CsCheck;
using Dems.Core.Energy;
using Dems.Core.Settlement;
using Dems.Core.Settlement.Corrections;
using Dems.Core.Settlement.Encoding;
using Dems.Core.Settlement.Statements;
using Dems.Core.Settlement.Tariffs;
using Dems.Core.Tests.Settlement.Statements;
using Xunit;
using static Dems.Core.Tests.Settlement.Given;

namespace Dems.Core.Tests.Settlement.Corrections;

public sealed class ResettlementTests
{
    private static readonly Gen<(int Choice, long Wh, int Basis, bool New)[][]> Rounds = Gen.Select(Gen.Int[0, 1_000], Gen.Long[0, 40], Gen.Int[0, 4], Gen.Bool).Array[1, 6].Array[1, 3];

    /// <summary>However many corrections: the statements and their deltas sum to what settling everything anew gives, in watt-hours, in 10⁻⁹ and in billed units.</summary>
    [Fact]
    public void StatementAndDeltas_AfterAnyCorrections_AreTheFullRecomputation() =>
        Gen.Select(SettlementGen.Input.Select(SettlementGen.Covered), Rounds).Sample(
            (input, rounds) =>
            {
                var closed = Settled(input);
                var rows = input.Rows.ToDictionary(row => (row.Node, row.Start));
                List<StatementDelta> all = [];
                for (var round = 0; round < rounds.Length; round++)
                {
                    var corrected = Corrections(input, rows, rounds[round], round);
                    var billed = closed.Statements.Select(statement => SettlementSamples.Billed(statement, [.. all.Where(delta => delta.Statement == StatementCodec.Hash(statement))])).ToList();
                    all.AddRange(SettlementSamples.Correct(billed, [.. rows.Values], corrected, input.Tariffs));
                    foreach (var row in corrected)
                    {
                        rows[(row.Node, row.Start)] = row;
                    }
                }

                var anew = Settled(input with { Rows = [.. rows.Values] });
                Assert.Equal(closed.Statements.Select(statement => statement.Party), anew.Statements.Select(statement => statement.Party));
                foreach (var (before, after) in closed.Statements.Zip(anew.Statements))
                {
                    var deltas = all.Where(delta => delta.Statement == StatementCodec.Hash(before)).ToArray();
                    var now = SettlementSamples.Billed(before, deltas);
                    Assert.Equal(after.Sections.Select(section => (section.Energy, section.TariffVersion)), now.Sections.Select(section => (section.Energy, section.TariffVersion)));
                    Assert.Equal(after.Sections.SelectMany(section => section.Lines), now.Sections.SelectMany(section => section.Lines));
                    Assert.Equal(after.Totals, now.Totals);

                    // The same sums, without the class under test.
                    Assert.Equal(after.Due, before.Due + deltas.Sum(delta => delta.Due));
                    Assert.Equal(Exact(after), deltas.SelectMany(delta => delta.Lines).Aggregate(Exact(before), (sum, line) => sum + line.Exact.Nano));
                }

                Assert.All(all, delta => Assert.True(NoteCodec.TryDecode(NoteCodec.Encode(new Note(1, delta)), out var note, out _) && note.Delta.Equals(delta)));
            },
            iter: TestScale.Times(100));

    [Fact]
    public void Residual_AfterCorrections_IsThatOfTheFullRecomputation()
    {
        // What May's account shows beyond May's own lines is the difference between April settled anew and April as closed.
        var input = SettlementSamples.Input;
        var anew = Settled(input with { Rows = Overlaid(SettlementSamples.Corrected) });
        var billed = SettlementSamples.Deltas.SelectMany(delta => delta.Lines).ToList();
        foreach (var payee in new[] { Payee.Community, Payee.Supplier, Payee.GridOperator })
        {
            var (before, after) = (SettlementSamples.Settlement.Clearings.Single(c => c.Payee == payee), anew.Clearings.Single(c => c.Payee == payee));
            var net = billed.Where(line => line.Tag.Payee == payee).Sum(line => line.Net);
            Assert.Equal(after.Paid - after.Received, before.Paid - before.Received + net);
            Assert.Equal(after.Fees + after.Residual, before.Fees + before.Residual + net);
        }
    }

    [Fact]
    public void Correction_ThatMovesEnergyBetweenTiers_IsPricedAtBoth()
    {
        // 19 440 Wh of Alice's off-peak energy lie in the second tier: 20 000 Wh less empties it and takes 560 Wh from the first.
        var night = SettlementSamples.Rows.First(row => row.Node == Address(SettlementSamples.House));
        var more = night with { Energy = night.Energy with { GridIn = 20_080 }, Reference = Samples.HashOf("more") };
        var billed = SettlementSamples.Settlement.Statements.Select(statement => SettlementSamples.Billed(statement)).ToList();
        var first = Assert.Single(SettlementSamples.Correct(billed, SettlementSamples.Rows, [more]));
        Assert.Equal([("off-peak", 1, 20_000L)], first.Lines.Single().Parts.Select(part => (part.Band, part.Tier, part.WattHours)));
        var again = billed.Select(statement => SettlementSamples.Billed(statement.Statement, [.. new[] { first }.Where(delta => delta.Statement == statement.Id)])).ToList();
        var none = more with { Energy = more.Energy with { GridIn = 0 }, Reference = Samples.HashOf("none") };
        var second = Assert.Single(SettlementSamples.Correct(again, Overlaid([more]), [none]));
        Assert.Equal((2, more.Reference, none.Reference), (second.Revision, second.Energy.Single().Replaces, second.Energy.Single().Reference));
        Assert.Equal([("off-peak", 1, -20_080L)], second.Lines.Single().Parts.Select(part => (part.Band, part.Tier, part.WattHours)));
    }

    [Fact]
    public void Correction_OfTheReferenceAlone_NamesItAndMovesNoMoney()
    {
        var row = SettlementSamples.Rows[0] with { Reference = Samples.HashOf("again") };
        var delta = Assert.Single(SettlementSamples.Correct([.. SettlementSamples.Settlement.Statements.Select(statement => SettlementSamples.Billed(statement))], SettlementSamples.Rows, [row]));
        Assert.Equal((SettlementSamples.Rows[0].Reference, row.Reference), (delta.Energy.Single().Replaces, delta.Energy.Single().Reference));
        Assert.Empty(delta.Lines);
        Assert.Empty(delta.Totals);
    }

    [Fact]
    public void Changes_ThatDoNotFit_AreRefused()
    {
        var row = SettlementSamples.Rows[0];
        var good = new EnergyDelta(row.Node, row.Carrier, row.Start, row.Duration, new EnergyTotals(0, -1, 0, 1, 0), row.Reference, Samples.HashOf("new"));
        Assert.EndsWith($"replaces {Hash32.Zero}, but {row.Reference} holds", Refusal(good with { Replaces = default }), StringComparison.Ordinal);
        Assert.EndsWith("overlaps intervals of other bounds", Refusal(good with { Duration = 1_800 }), StringComparison.Ordinal);
        Assert.EndsWith("overlaps intervals of other bounds", Refusal(good with { Start = row.Start + 300 }), StringComparison.Ordinal);
        Assert.EndsWith("no closed statement has a section for it", Refusal(good with { Start = row.Start - 900 }), StringComparison.Ordinal);
        Assert.EndsWith("no closed statement has a section for it", Refusal(good with { Node = Address("stranger") }), StringComparison.Ordinal);
        Assert.EndsWith("overlaps another change", Refusal(good, good), StringComparison.Ordinal);
        Assert.Contains("a quantity would leave 0…1099511627776 Wh", Refusal(good with { Change = new EnergyTotals(-1, 0, 0, 0, 0) }), StringComparison.Ordinal);
        Assert.Equal("line 'grid energy' would count less than nothing in a band", Refusal(good with { Change = new EnergyTotals(0, 0, 0, -70_000, 0) }));
    }

    [Fact]
    public void Changes_BeyondTheBoundOfOneCorrection_AreRefused()
    {
        var change = new EnergyDelta(Address("home"), Carrier.Electricity, 0, 900, default, default, default);
        Assert.Equal("35137 changed intervals; at most 35136 are allowed in one correction", Refusal([.. Enumerable.Repeat(change, Resettlement.MaxChanges + 1)]));
    }

    [Fact]
    public void Correction_WithoutTheTariffOfItsSection_IsRefused()
    {
        var row = SettlementSamples.Rows[0];
        var change = new EnergyDelta(row.Node, row.Carrier, row.Start, row.Duration, new EnergyTotals(0, -1, 0, 1, 0), row.Reference, Samples.HashOf("new"));
        Assert.Equal("tariff version 7 is not known", Refusal(History((0, SettlementSamples.Tariff with { Version = 8 })), change));
        var other = SettlementSamples.Tariff with { Lines = [.. SettlementSamples.Tariff.Lines.Select(line => line with { VatPpm = 0 })] };
        Assert.Equal("tariff version 7 has no line 'community energy' like the billed one", Refusal(History((0, other)), change));
    }

    [Fact]
    public void BilledStatement_WithForeignOrMissingCorrections_IsRefused()
    {
        var alice = SettlementSamples.Settlement.Statements.Single(statement => statement.Party == Address("alice"));
        var own = SettlementSamples.Deltas.Single(delta => delta.Party == alice.Party);
        Assert.Equal("correction 1 belongs to another statement", BilledRefusal(alice, SettlementSamples.Deltas.Single(delta => delta.Party != alice.Party)));
        Assert.Equal("correction 1 was expected, not 2", BilledRefusal(alice, own with { Revision = 2 }));
        Assert.Equal("correction 2 was expected, not 1", BilledRefusal(alice, own, own));
        Assert.Equal("correction 1 names lines or intervals that the statement does not have", BilledRefusal(alice, own with { Lines = [own.Lines[0] with { Line = 3 }] }));
    }

    private static string BilledRefusal(Statement statement, params StatementDelta[] deltas)
    {
        Assert.False(BilledStatement.TryCreate(statement, deltas, out _, out var error));
        return error;
    }

    private static string Refusal(params EnergyDelta[] changes) => Refusal(SettlementSamples.Tariffs, changes);

    private static string Refusal(TariffHistory tariffs, params EnergyDelta[] changes)
    {
        List<BilledStatement> billed = [.. SettlementSamples.Settlement.Statements.Select(statement => SettlementSamples.Billed(statement))];
        Assert.False(Resettlement.TryCorrect(billed, changes, tariffs, Vienna, out _, out var error));
        return error;
    }

    private static List<AllocatedEnergy> Overlaid(IReadOnlyList<AllocatedEnergy> corrected)
    {
        var rows = SettlementSamples.Rows.ToDictionary(row => (row.Node, row.Start));
        foreach (var row in corrected)
        {
            rows[(row.Node, row.Start)] = row;
        }

        return [.. rows.Values];
    }

    private static Int128 Exact(Statement statement) => statement.Sections.SelectMany(section => section.Lines).Aggregate(Int128.Zero, (sum, line) => sum + line.Exact.Nano);

    // New values for some settled intervals, and some for intervals that had none.
    private static List<AllocatedEnergy> Corrections(
        SettlementInput input, Dictionary<(NodeAddress Node, long Start), AllocatedEnergy> rows, (int Choice, long Wh, int Basis, bool New)[] choices, int round)
    {
        var span = Vienna.SpanOf(input.Period, Carrier.Electricity);
        List<AllocatedEnergy> corrected = [];
        foreach (var (choice, wh, basis, isNew) in choices)
        {
            var quantities = new long[5];
            quantities[basis] = wh;
            var energy = new EnergyTotals(quantities[0], quantities[1], quantities[2], quantities[3], quantities[4]);
            var row = rows.Count == 0 || isNew
                ? Row($"node {choice % SettlementGen.Nodes}", span.Start + choice % (span.Seconds / 900) * 900, energy)
                : rows.Values.OrderBy(settled => settled).ElementAt(choice % rows.Count) with { Energy = energy };
            if (input.Contracts.Any(contract => contract.Node == row.Node && contract.Span.Contains(row.Start)))
            {
                corrected.Add(row with { Reference = Samples.HashOf($"correction {round} {choice}") });
            }
        }

        return [.. corrected.DistinctBy(row => (row.Node, row.Start))];
    }
}
