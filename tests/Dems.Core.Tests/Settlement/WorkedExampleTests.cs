using Dems.Core.Settlement;
using Dems.Core.Settlement.Corrections;
using Dems.Core.Settlement.Statements;
using Xunit;
using static Dems.Core.Tests.Settlement.Given;

namespace Dems.Core.Tests.Settlement;

/// <summary>The numbers of docs/settlement.md, computed there by hand.</summary>
public sealed class WorkedExampleTests
{
    [Theory]
    [InlineData("alice")]
    [InlineData("carol")]
    public void House_HalfOfApril_OwesWhatThePageSays(string party)
    {
        var statement = Of(party);
        Assert.Equal(
            [
                ("community energy", 605L, (Int128)6_048_000_000L),
                ("community energy sold", 0, 0),
                ("community fee", 29, 288_000_000),
                ("membership", 125, 1_250_000_000),
                ("local grid", 184, 1_843_200_000),
                ("grid energy", 2_690, 26_895_200_000),
                ("surplus", 0, 0),
            ],
            Lines(statement));
        Assert.Equal(
            [
                new VatTotal(Payee.Community, 0, 0, 0),
                new VatTotal(Payee.Community, 200_000, 759, 152),
                new VatTotal(Payee.Supplier, 0, 0, 0),
                new VatTotal(Payee.Supplier, 200_000, 2_690, 538),
                new VatTotal(Payee.GridOperator, 200_000, 184, 37),
            ],
            statement.Totals);
        Assert.Equal("9.11 EUR", statement.Currency.Format(statement.Due));
        Assert.Equal([("off-peak", 0, 50_000L), ("off-peak", 1, 19_440), ("peak", 0, 45_760)], Assert.Single(statement.Sections).Lines[5].Parts.Select(part => (part.Band, part.Tier, part.WattHours)));
    }

    [Fact]
    public void Roof_April_IsPaidWhatThePageSays()
    {
        var statement = Of("bob");
        Assert.Equal(new EnergyTotals(86_400, 0, 115_200, 0, 57_600), statement.Energy);
        Assert.Equal([("community energy sold", -1_152L), ("membership", 250), ("surplus", -346)], Lines(statement).Where(line => line.Net != 0).Select(line => (line.Name, line.Net)));
        Assert.Equal("-8.52 EUR", statement.Currency.Format(statement.Due));
    }

    [Fact]
    public void Clearings_OfApril_AddUp() =>
        Assert.Equal(
            [
                new Clearing(Payee.Community, 1_768, 1_152, 615, 1, 354, "rounding"),
                new Clearing(Payee.Supplier, 5_380, 346, 5_033, 1, 1_076, "rounding"),
                new Clearing(Payee.GridOperator, 368, 0, 369, -1, 74, "rounding"),
            ],
            SettlementSamples.Settlement.Clearings);

    [Fact]
    public void Correction_OfOneQuarterHour_GivesACreditNoteAndAMemo()
    {
        Assert.Equal([(1, NoteKind.Credit, -1L), (2, NoteKind.Memo, 0)], SettlementSamples.Notes.Select(note => ((int)note.Number, note.Kind, note.Delta.Due)).OrderBy(note => note.Item1));
        var alice = SettlementSamples.Notes.Single(note => note.Delta.Party == Address("alice"));
        Assert.Equal(
            [("community energy", -1L, (Int128)(-3_150_000)), ("community fee", 0, -150_000), ("local grid", 0, -960_000), ("grid energy", 0, 8_400_000)],
            alice.Delta.Lines.Select(line => (line.Tag.Name, line.Net, line.Exact.Nano)));
        Assert.Equal([new VatTotal(Payee.Community, 200_000, -1, 0)], alice.Delta.Totals);
    }

    [Fact]
    public void May_CarryingTheCorrection_PaysItBack()
    {
        // Alice has left: her statement of May holds the correction and nothing else.
        var alice = SettlementSamples.May.Statements.Single(statement => statement.Party == Address("alice"));
        Assert.Empty(alice.Sections);
        Assert.Equal(-1, alice.Due);
        Assert.All(SettlementSamples.May.Clearings, clearing => Assert.Equal(clearing.Paid, clearing.Received + clearing.Fees + clearing.Residual));
    }

    private static Statement Of(string party) => SettlementSamples.Settlement.Statements.Single(statement => statement.Party == Address(party));

    private static IEnumerable<(string Name, long Net, Int128 Exact)> Lines(Statement statement) =>
        statement.Sections.SelectMany(section => section.Lines).Select(line => (line.Tag.Name, line.Net, line.Exact.Nano));
}
