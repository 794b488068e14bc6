using Dems.Core.Settlement.Calendar;

namespace Dems.Core.Settlement.Statements;

/// <summary>All statements of a pool and period.</summary>
/// <param name="Period">The days.</param>
/// <param name="Statements">One per party with a contract in the period or a correction to carry, ascending by party.</param>
/// <param name="Clearings">The payees' accounts over these statements, ascending by payee.</param>
public sealed record PeriodSettlement(BillingPeriod Period, IReadOnlyList<Statement> Statements, IReadOnlyList<Clearing> Clearings)
{
    /// <summary>How many allocated intervals are provisional; a final settlement waits until there are none.</summary>
    public int ProvisionalIntervals => Statements.SelectMany(statement => statement.Sections).Sum(section => section.ProvisionalIntervals);
}
