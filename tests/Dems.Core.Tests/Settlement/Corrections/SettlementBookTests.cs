using Dems.Core.Energy;
using Dems.Core.Settlement.Calendar;
using Dems.Core.Settlement.Corrections;
using Xunit;
using static Dems.Core.Tests.Settlement.Given;

namespace Dems.Core.Tests.Settlement.Corrections;

public sealed class SettlementBookTests
{
    [Fact]
    public void TryClose_PeriodsInOrder_ClosesEachOnce()
    {
        Assert.True(SettlementBook.Empty.TryClose(SettlementSamples.Settlement, false, out var april, out _));
        Assert.Equal(new DateOnly(2026, 5, 1), april.ClosedUntil);
        Assert.False(april.TryClose(SettlementSamples.Settlement, false, out var unchanged, out var twice));
        Assert.Equal("period 2026-04-01/2026-05-01: the next to close begins on 2026-05-01", twice);
        Assert.Equal(april, unchanged);
        Assert.True(april.TryClose(SettlementSamples.May, false, out var may, out _));
        Assert.Equal(new DateOnly(2026, 6, 1), may.ClosedUntil);
    }

    [Fact]
    public void TryClose_PeriodThatLeavesDaysOut_IsRefused()
    {
        Assert.True(SettlementBook.Empty.TryClose(SettlementSamples.Settlement, false, out var april, out _));
        Assert.False(april.TryClose(SettlementSamples.May with { Period = BillingPeriod.Month(2026, 6) }, false, out _, out var error));
        Assert.Equal("period 2026-06-01/2026-07-01: the next to close begins on 2026-05-01", error);
    }

    [Fact]
    public void TryClose_WithProvisionalValues_NeedsConsent()
    {
        var settlement = Settled(SettlementSamples.Input with { Rows = [SettlementSamples.Rows[0] with { Provisional = true }] });
        Assert.False(SettlementBook.Empty.TryClose(settlement, false, out _, out var error));
        Assert.Equal("period 2026-04-01/2026-05-01: 1 intervals are provisional", error);
        Assert.True(SettlementBook.Empty.TryClose(settlement, true, out _, out _));
    }

    [Fact]
    public void Issue_AnyOrder_NumbersWithoutGapsAndContinues()
    {
        var (book, notes) = SettlementBook.Empty.Issue(SettlementSamples.Deltas);
        var (later, more) = book.Issue([.. SettlementSamples.Deltas.Select(delta => delta with { Revision = 2 }).Reverse()]);
        Assert.Equal(Enumerable.Range(1, notes.Count + more.Count).Select(number => (long)number), notes.Concat(more).Select(note => note.Number));
        Assert.Equal(notes.Count + more.Count + 1, later.NextNote);
        Assert.Equal(notes.Select(note => note.Delta.Party), more.Select(note => note.Delta.Party));
    }

    [Fact]
    public void Note_ToALeaver_KeepsPartyAndOriginalRate()
    {
        var note = SettlementSamples.Notes.Single(candidate => candidate.Delta.Party == Address("alice"));
        Assert.Equal(NoteKind.Credit, note.Kind);
        Assert.All(note.Delta.Lines, line => Assert.Equal(200_000, line.Tag.VatPpm));
        var corrected = SettlementSamples.Settlement.Statements.Single(statement => statement.Party == Address("alice"));
        Assert.All(note.Delta.Lines, line => Assert.Equal(corrected.Sections[line.Section].Lines[line.Line].Tag, line.Tag));
    }

    [Theory]
    [InlineData(PeriodState.Open, 10_000, "alice", CorrectionRoute.Recompute)]
    [InlineData(PeriodState.Closed, 100, "alice", CorrectionRoute.Carry)]
    [InlineData(PeriodState.Closed, 100, "leaver", CorrectionRoute.Note)]
    [InlineData(PeriodState.Closed, 101, "alice", CorrectionRoute.RecordOnly)]
    [InlineData(PeriodState.Approved, 100, "alice", CorrectionRoute.Note)]
    [InlineData(PeriodState.Approved, 101, "alice", CorrectionRoute.RecordOnly)]
    public void RouteOf_StateAndAge_Decide(PeriodState state, long age, string party, CorrectionRoute route) =>
        Assert.Equal(route, SettlementBook.RouteOf(state, 1_000, 1_000 + age, 100, Address(party), new HashSet<NodeAddress> { Address("alice") }));
}
