using Dems.Core.Settlement.Tariffs;

namespace Dems.Core.Settlement.Statements;

/// <summary>Writes down how a statement comes to its amounts, so that anybody can follow it with paper and pencil.</summary>
public static class StatementSteps
{
    private const int NanoDigits = 9;
    private const int PriceDigits = 6;
    private const int KilowattHourDigits = 3;
    private const int PercentDigits = 4;

    /// <summary>One step per line that counts something, per total that is not zero, per correction, and one for what is due.</summary>
    public static IReadOnlyList<StatementStep> Explain(Statement statement) =>
    [
        .. statement.Sections.SelectMany((section, i) =>
            section.Lines.Where(line => line.Parts.Count > 0 || line.Exact != ExactAmount.Zero).Select(line => StepOf(i, line, statement.Currency))),
        .. statement.Totals.Where(total => total.Net != 0 || total.Vat != 0).Select(total => StepOf(total, statement.Currency)),
        .. statement.Corrections.Select(delta => new StatementStep(
            -1, $"correction {delta.Revision} of {delta.Period}", "due now − due billed", statement.Currency.Format(delta.Due), delta.Due)),
        new StatementStep(-1, nameof(Payee.Community), "due = Σ (net + VAT) + corrections", statement.Currency.Format(statement.Due), statement.Due),
    ];

    private static StatementStep StepOf(int section, StatementLine line, Currency currency)
    {
        var result = $"{FixedPoint.Format(line.Exact.Nano, NanoDigits)} → {currency.Format(line.Net)}";
        if (line.Parts.Count == 0)
        {
            var formula = line.Tag.Kind == LineKind.FixedFee ? "⌊F·z/T⌋ − ⌊F·a/T⌋" : "Σ values set by the allocation";
            return new StatementStep(section, line.Tag.Name, formula, result, line.Net);
        }

        var products = string.Join(" + ", line.Parts.Select(part =>
            $"{FixedPoint.Format(part.WattHours, KilowattHourDigits)} kWh · {FixedPoint.Format(part.Price, PriceDigits)} ({part.Band}, tier {part.Tier + 1})"));
        return new StatementStep(section, line.Tag.Name, line.Tag.IsCredit ? "−Σ Q · price" : "Σ Q · price", $"{(line.Tag.IsCredit ? "−(" : "")}{products}{(line.Tag.IsCredit ? ")" : "")} = {result}", line.Net);
    }

    private static StatementStep StepOf(VatTotal total, Currency currency) => new(
        -1,
        $"{total.Payee}",
        "Σ net + VAT",
        $"{currency.Format(total.Net)} + {FixedPoint.Format(total.VatPpm, PercentDigits)} % = {currency.Format(total.Net)} + {currency.Format(total.Vat)} = {currency.Format(total.Gross)}",
        total.Gross);
}
