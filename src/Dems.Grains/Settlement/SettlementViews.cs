using Dems.Contracts.Settlement;
using Dems.Core;
using Dems.Core.Governance;
using Dems.Core.Ledger;
using Dems.Core.Settlement.Corrections;
using Dems.Core.Settlement.Encoding;
using Dems.Core.Settlement.OnChain;
using Dems.Core.Settlement.Statements;

namespace Dems.Grains.Settlement;

/// <summary>Settlements and statements as the API shows them.</summary>
internal static class SettlementViews
{
    public static SettlementView Of(string pool, PeriodClosing closing, ApprovedSettlement? approved) => new(
        pool,
        closing.Period.ToString(),
        closing.AsOf.Value,
        closing.Root.ToString(),
        approved?.Ballot.ToString(),
        approved is null || approved.Statements == closing.Root,
        [
            .. closing.Settlement.Statements.Select(statement => new StatementSummaryView(
                statement.Party.ToString(), StatementCodec.Hash(statement).ToString(), EnergyView.Of(statement.Energy), statement.Currency.Format(statement.Due), statement.Due)),
        ],
        [.. closing.Notes.Select(Of)]);

    public static StatementView Of(Statement statement, Height asOf, ApprovedSettlement? approved) => new(
        statement.Party.ToString(),
        statement.Period.ToString(),
        statement.Currency.Code,
        StatementCodec.Hash(statement).ToString(),
        asOf.Value,
        approved?.Ballot.ToString(),
        [.. statement.Sections.Select(section => Of(section, statement))],
        [.. StatementSteps.Explain(statement).Select(step => step.ToString())],
        statement.Currency.Format(statement.Due),
        statement.Due);

    private static StatementSectionView Of(StatementSection section, Statement statement) => new(
        section.Node.ToString(),
        EnumWords.Of(section.Carrier),
        TimeOf(section.Span.Start),
        TimeOf(section.Span.End),
        section.TariffVersion,
        EnergyView.Of(section.Energy),
        [
            .. section.Lines.Select(line => new StatementLineView(
                line.Tag.Name, EnumWords.Of(line.Tag.Kind), EnumWords.Of(line.Tag.Payee), line.WattHours, statement.Currency.Format(line.Net), line.Net, line.Tag.VatPpm)),
        ],
        [.. section.Evidence.Select(run => new EvidenceView(TimeOf(run.Start), run.Duration, run.Count, run.Provisional, run.Reference.ToString()))]);

    private static NoteView Of(Note note) => new(
        note.Number,
        EnumWords.Of(note.Kind),
        note.Delta.Party.ToString(),
        note.Delta.Period.ToString(),
        note.Delta.Statement.ToString(),
        note.Delta.Currency.Format(note.Delta.Due),
        [
            .. note.Delta.Energy.Select(change => new NoteChangeView(
                change.Node.ToString(),
                TimeOf(change.Start),
                EnergyView.Of(change.Change),
                change.Replaces == Hash32.Zero ? null : change.Replaces.ToString(),
                change.Reference.ToString())),
        ]);

    private static DateTimeOffset TimeOf(long second) => DateTimeOffset.FromUnixTimeSeconds(second);
}
