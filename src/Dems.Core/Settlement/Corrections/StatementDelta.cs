using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Core.Settlement.Calendar;
using Dems.Core.Settlement.Statements;

namespace Dems.Core.Settlement.Corrections;

/// <summary>What a correction changes in one closed statement: carried by a later statement, or issued as a numbered note.</summary>
public sealed record StatementDelta
{
    /// <summary>The pool's chain.</summary>
    public required ChainId Chain { get; init; }

    /// <summary>Hash of the statement that it corrects.</summary>
    public required Hash32 Statement { get; init; }

    /// <summary>1 for the first correction of that statement, and so on without gaps.</summary>
    public required int Revision { get; init; }

    /// <summary>The party of that statement, also if it has left since.</summary>
    public required NodeAddress Party { get; init; }

    /// <summary>The period of that statement.</summary>
    public required BillingPeriod Period { get; init; }

    /// <summary>The currency of that statement.</summary>
    public required Currency Currency { get; init; }

    /// <summary>What changed, ascending by node, carrier and start.</summary>
    public required IReadOnlyList<EnergyDelta> Energy { get; init; }

    /// <summary>The lines that change, ascending by section and line.</summary>
    public required IReadOnlyList<LineDelta> Lines { get; init; }

    /// <summary>New minus old totals, where they differ, ascending by payee and rate; VAT at the original rates.</summary>
    public required IReadOnlyList<VatTotal> Totals { get; init; }

    /// <summary>What the party owes the community in addition, in billed units with VAT; negative is paid back.</summary>
    public long Due => Totals.Where(total => total.Payee == Payee.Community).Sum(total => total.Gross);

    /// <inheritdoc/>
    public bool Equals(StatementDelta? other) =>
        other is not null && Chain == other.Chain && Statement == other.Statement && Revision == other.Revision && Party == other.Party && Period == other.Period
        && Currency == other.Currency && Energy.SequenceEqual(other.Energy) && Lines.SequenceEqual(other.Lines) && Totals.SequenceEqual(other.Totals);

    /// <inheritdoc/>
    public override int GetHashCode() => Statement.GetHashCode();
}
