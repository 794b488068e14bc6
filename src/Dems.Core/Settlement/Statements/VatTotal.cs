namespace Dems.Core.Settlement.Statements;

/// <summary>Sum of the lines of one payee and VAT rate. VAT is computed once, on the sum of the rounded lines (EN 16931-1, BR-CO-17), so that a statement is an invoice as it stands.</summary>
/// <param name="Payee">Who is on the other side.</param>
/// <param name="VatPpm">VAT rate in 10⁻⁶.</param>
/// <param name="Net">Sum of the lines' net amounts in billed units; positive is owed by the party.</param>
/// <param name="Vat">VAT in billed units, of the same sign.</param>
public readonly record struct VatTotal(Payee Payee, int VatPpm, long Net, long Vat)
{
    /// <summary>Net and VAT together.</summary>
    public long Gross => Net + Vat;

    /// <summary>The totals of lines, ascending by payee and rate.</summary>
    internal static IReadOnlyList<VatTotal> Of(IEnumerable<(LineTag Tag, long Net)> lines) =>
    [
        .. lines
            .GroupBy(line => (line.Tag.Payee, line.Tag.VatPpm))
            .OrderBy(group => group.Key)
            .Select(group => (group.Key, Net: group.Sum(line => line.Net)))
            .Select(sum => new VatTotal(sum.Key.Payee, sum.Key.VatPpm, sum.Net, Rounding.Vat(sum.Net, sum.Key.VatPpm))),
    ];
}
