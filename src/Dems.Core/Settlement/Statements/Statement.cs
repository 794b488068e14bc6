using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Core.Settlement.Calendar;
using Dems.Core.Settlement.Corrections;

namespace Dems.Core.Settlement.Statements;

/// <summary>What one party owes or is owed for a period: sections per node, totals per payee and VAT rate, corrections of earlier periods. Once closed it never changes.</summary>
public sealed record Statement
{
    /// <summary>Most sections.</summary>
    public const int MaxSections = 1_024;

    /// <summary>Most corrections carried.</summary>
    public const int MaxCorrections = 1_024;

    /// <summary>Largest total in billed units: 2⁶⁰.</summary>
    public const long MaxTotal = 1L << 60;

    /// <summary>The pool's chain.</summary>
    public required ChainId Chain { get; init; }

    /// <summary>Who is billed.</summary>
    public required NodeAddress Party { get; init; }

    /// <summary>The days.</summary>
    public required BillingPeriod Period { get; init; }

    /// <summary>Of all amounts.</summary>
    public required Currency Currency { get; init; }

    /// <summary>Ascending by node, carrier and time.</summary>
    public required IReadOnlyList<StatementSection> Sections { get; init; }

    /// <summary>Sums of the sections' lines, ascending by payee and VAT rate.</summary>
    public required IReadOnlyList<VatTotal> Totals { get; init; }

    /// <summary>Changes of earlier periods that are settled with this statement, ascending by period, statement and revision.</summary>
    public required IReadOnlyList<StatementDelta> Corrections { get; init; }

    /// <summary>What the party owes the community in billed units, with VAT and corrections; negative is paid out. Lines of other payees are not due here.</summary>
    public long Due => Totals.Where(total => total.Payee == Payee.Community).Sum(total => total.Gross) + Corrections.Sum(correction => correction.Due);

    /// <summary>Energy of the period.</summary>
    public EnergyTotals Energy => Sections.Aggregate(default(EnergyTotals), (sum, section) => sum + section.Energy);

    /// <inheritdoc/>
    public bool Equals(Statement? other) =>
        other is not null && Chain == other.Chain && Party == other.Party && Period == other.Period && Currency == other.Currency
        && Sections.SequenceEqual(other.Sections) && Totals.SequenceEqual(other.Totals) && Corrections.SequenceEqual(other.Corrections);

    /// <inheritdoc/>
    public override int GetHashCode() => Party.GetHashCode();
}
