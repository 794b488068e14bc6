using Dems.Contracts.Settlement;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Receipts;
using Dems.Core.Settlement.Encoding;
using Dems.Core.Settlement.OnChain;
using Dems.Core.Settlement.Statements;

namespace Dems.Cli.Commands;

/// <summary>Statements in words.</summary>
internal static class StatementText
{
    public static IEnumerable<string> Of(SettlementView settlement)
    {
        var state = (settlement.Ballot, settlement.Matches) switch
        {
            (null, _) => "a preview",
            (var ballot, true) => $"closed by ballot {ballot}",
            (var ballot, false) => $"NOT WHAT BALLOT {ballot} APPROVED",
        };
        yield return $"Period {settlement.Period} of pool {settlement.Pool} as of block {settlement.AsOf}: {state}";
        yield return $"  root {settlement.Root}, {settlement.Notes.Count} notes";
        yield return $"  {"Wh",-48}{"own use",12}{"shared in",12}{"shared out",12}{"grid in",12}{"grid out",12}{"due",16}";
        foreach (var statement in settlement.Statements)
        {
            yield return $"  {statement.Party,-48}{Row(statement.Energy)}{statement.Due,16}";
        }

        foreach (var note in settlement.Notes)
        {
            yield return $"  note {note.Number} ({note.Kind}) to {note.Party} on {note.Period}: {note.Due}, {note.Changes.Count} intervals";
        }
    }

    public static IEnumerable<string> Of(StatementView statement)
    {
        yield return $"Statement {statement.Hash} for {statement.Party}";
        yield return $"  period {statement.Period}, as of block {statement.AsOf}, {(statement.Ballot is { } ballot ? $"closed by ballot {ballot}" : "a preview")}";
        foreach (var section in statement.Sections)
        {
            var intervals = section.Evidence.Sum(run => run.Count);
            yield return $"  node {section.Node}, {section.Carrier}, {section.From:u} to {section.Until:u}, tariff {section.TariffVersion}, {intervals} intervals";
            yield return $"    {"own use",12}{"shared in",12}{"shared out",12}{"grid in",12}{"grid out",12}  Wh";
            yield return $"    {Row(section.Energy)}";
            foreach (var line in section.Lines)
            {
                yield return $"    {line.Name,-34}{line.EnergyWh,12:N0} Wh {line.Net,16}  to {line.Payee}, VAT {line.VatPpm / 10_000m:0.##} %";
            }
        }

        foreach (var step in statement.Steps)
        {
            yield return $"  {step}";
        }

        yield return $"  due {statement.Due}";
    }

    public static IEnumerable<string> Of(StatementFindings? findings, ReceiptError error, Genesis genesis)
    {
        if (findings is not { Statement: { } statement })
        {
            yield return $"PROVES NOTHING. {error.Field}: {error.Reason}";
            yield break;
        }

        yield return $"Holds: statement {StatementCodec.Hash(statement)} of pool {findings.Pool.Name} in network {genesis.Network}";
        yield return $"  party      {statement.Party}";
        yield return $"  period     {statement.Period}, as of block {findings.AsOf}";
        yield return $"  energy     own {statement.Energy.OwnUse:N0}, shared in {statement.Energy.SharedIn:N0}, out {statement.Energy.SharedOut:N0}, grid in {statement.Energy.GridIn:N0}, out {statement.Energy.GridOut:N0} Wh";
        yield return $"  intervals  {findings.Intervals:N0}, {findings.Provisional:N0} of them provisional";
        yield return $"  due        {statement.Currency.Format(statement.Due)}";
        yield return findings.Closing is { } closing ? $"  closed     by ballot {closing.Ballot}" : "  closed     not by a ballot: a preview";
    }

    public static object JsonOf(StatementFindings? findings, ReceiptError error) => findings is not { Statement: { } statement }
        ? new { valid = false, field = error.Field, reason = error.Reason }
        : new
        {
            valid = true,
            pool = findings.Pool.Name,
            statement = StatementCodec.Hash(statement).ToString(),
            party = statement.Party.ToString(),
            period = statement.Period.ToString(),
            as_of = findings.AsOf.Value,
            intervals = findings.Intervals,
            provisional = findings.Provisional,
            energy = EnergyView.Of(statement.Energy),
            due = statement.Currency.Format(statement.Due),
            due_units = statement.Due,
            ballot = findings.Closing?.Ballot.ToString(),
            steps = StatementSteps.Explain(statement).Select(step => step.ToString()).ToList(),
        };

    /// <summary>Energy in columns.</summary>
    public static string Row(EnergyView energy) => $"{energy.OwnUse,12:N0}{energy.SharedIn,12:N0}{energy.SharedOut,12:N0}{energy.GridIn,12:N0}{energy.GridOut,12:N0}";
}
