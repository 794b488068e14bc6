namespace Dems.Core.Settlement.Statements;

/// <summary>
/// The account of one payee over all statements of a period, in billed units without VAT. Invariant: <see cref="Paid"/> = <see cref="Received"/> +
/// <see cref="Fees"/> + <see cref="Residual"/>, exactly.
/// </summary>
/// <param name="Payee">Whose account.</param>
/// <param name="Paid">Sum of the net amounts that parties owe.</param>
/// <param name="Received">Sum of the net amounts that parties are owed, as a positive number.</param>
/// <param name="Fees">What the tariff leaves with the payee before any line is rounded: fees, and the margin between prices; rounded once.</param>
/// <param name="Residual">What the rounding of lines left over; booked to <paramref name="ResidualAccount"/>. At most half a unit per line, one per carried line change (it makes up for two roundings), and half a unit more.</param>
/// <param name="Vat">VAT charged less VAT credited: passed on to the tax office.</param>
/// <param name="ResidualAccount">Name of the account that bears the residual, from the latest tariff of the period.</param>
public sealed record Clearing(Payee Payee, long Paid, long Received, long Fees, long Residual, long Vat, string ResidualAccount)
{
    /// <summary>The accounts of all payees that occur in statements and the corrections they carry, ascending.</summary>
    internal static IReadOnlyList<Clearing> Of(IReadOnlyList<Statement> statements, Currency currency, string residualAccount)
    {
        var lines = statements.SelectMany(statement => statement.Sections).SelectMany(section => section.Lines).Select(line => (line.Tag, line.Exact, line.Net))
            .Concat(statements.SelectMany(statement => statement.Corrections).SelectMany(delta => delta.Lines).Select(line => (line.Tag, line.Exact, line.Net)))
            .ToLookup(line => line.Tag.Payee);
        var vat = statements.SelectMany(statement => statement.Totals.Concat(statement.Corrections.SelectMany(delta => delta.Totals))).ToLookup(total => total.Payee, total => total.Vat);
        return
        [
            .. lines.OrderBy(group => group.Key).Select(group =>
            {
                var paid = group.Where(line => !line.Tag.IsCredit).Sum(line => line.Net);
                var received = -group.Where(line => line.Tag.IsCredit).Sum(line => line.Net);
                var fees = group.Aggregate(ExactAmount.Zero, (sum, line) => sum + line.Exact).Round(currency);
                return new Clearing(group.Key, paid, received, fees, paid - received - fees, vat[group.Key].Sum(), residualAccount);
            }),
        ];
    }
}
