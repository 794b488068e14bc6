using Dems.Core.Energy;
using Dems.Core.Settlement.Calendar;
using Dems.Core.Settlement.Statements;

namespace Dems.Core.Settlement.Corrections;

/// <summary>What a pool must remember to close periods in order, once, and to number notes without gaps. A value: each step gives a new one.</summary>
/// <param name="ClosedUntil">First day not closed; null before the first period.</param>
/// <param name="NextNote">Number of the next note, from 1.</param>
public sealed record SettlementBook(DateOnly? ClosedUntil, long NextNote)
{
    /// <summary>A pool that has closed nothing.</summary>
    public static SettlementBook Empty { get; } = new(null, 1);

    /// <summary>
    /// Closes a period: its statements are fixed from then on. False with a reason if days would be closed twice or left out, or if values are provisional
    /// that the final settlement may not have.
    /// </summary>
    /// <param name="settlement">The statements to fix.</param>
    /// <param name="acceptProvisional">Whether the pool settles provisional values (a ballot may say so for meters that stay silent).</param>
    /// <param name="book">The book afterwards.</param>
    /// <param name="error">The reason.</param>
    public bool TryClose(PeriodSettlement settlement, bool acceptProvisional, out SettlementBook book, out string error)
    {
        book = this;
        error = !acceptProvisional && settlement.ProvisionalIntervals > 0 ? $"period {settlement.Period}: {settlement.ProvisionalIntervals} intervals are provisional" : "";
        return error.Length == 0 && TryClose(settlement.Period, notes: 0, out book, out error);
    }

    /// <summary>Closes a period with notes that come with it; false with a reason if days would be closed twice or left out.</summary>
    /// <param name="period">The period.</param>
    /// <param name="notes">How many notes take the next numbers, at least 0.</param>
    /// <param name="book">The book afterwards.</param>
    /// <param name="error">The reason.</param>
    public bool TryClose(BillingPeriod period, int notes, out SettlementBook book, out string error)
    {
        error = ClosedUntil is { } until && period.First != until ? $"period {period}: the next to close begins on {until:yyyy-MM-dd}" : "";
        book = error.Length == 0 ? new SettlementBook(period.End, NextNote + notes) : this;
        return error.Length == 0;
    }

    /// <summary>Numbers corrections as notes, ascending by period, party, statement and revision whatever their order.</summary>
    public (SettlementBook Book, IReadOnlyList<Note> Notes) Issue(IReadOnlyList<StatementDelta> deltas)
    {
        List<Note> notes = [];
        foreach (var delta in deltas.OrderBy(delta => delta.Period).ThenBy(delta => delta.Party).ThenBy(delta => delta.Statement).ThenBy(delta => delta.Revision))
        {
            notes.Add(new Note(NextNote + notes.Count, delta));
        }

        return (this with { NextNote = NextNote + notes.Count }, notes);
    }

    /// <summary>What becomes of a correction of an interval.</summary>
    /// <param name="state">The state of its period.</param>
    /// <param name="periodEnd">First second after the period.</param>
    /// <param name="now">Block time in seconds since 1970-01-01T00:00:00Z.</param>
    /// <param name="windowSeconds">How long after the end of a period corrections settle by themselves, at least 0.</param>
    /// <param name="party">The party of the corrected statement.</param>
    /// <param name="continuing">Parties that get a statement for the period in which the correction would be carried.</param>
    public static CorrectionRoute RouteOf(PeriodState state, long periodEnd, long now, long windowSeconds, NodeAddress party, IReadOnlySet<NodeAddress> continuing) => state switch
    {
        PeriodState.Open => CorrectionRoute.Recompute,
        _ when now - periodEnd > windowSeconds => CorrectionRoute.RecordOnly,
        PeriodState.Approved => CorrectionRoute.Note,
        _ => continuing.Contains(party) ? CorrectionRoute.Carry : CorrectionRoute.Note,
    };
}
