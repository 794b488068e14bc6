using Dems.Core.Ledger;
using Dems.Core.Settlement.Calendar;
using Dems.Core.Settlement.Corrections;
using Dems.Core.Settlement.Tariffs;

namespace Dems.Core.Settlement.Statements;

/// <summary>All that a settlement is a function of. The order of the lists does not matter.</summary>
/// <param name="Chain">The pool's chain.</param>
/// <param name="Period">The days to bill.</param>
/// <param name="Time">Local time of the pool.</param>
/// <param name="Tariffs">The pool's tariffs.</param>
/// <param name="Contracts">Who is billed for which node; contracts outside the period are ignored.</param>
/// <param name="Rows">Allocated energy of intervals that start in the period.</param>
/// <param name="Carried">Corrections of earlier statements to settle with this period.</param>
public sealed record SettlementInput(
    ChainId Chain,
    BillingPeriod Period,
    LocalTimeRules Time,
    TariffHistory Tariffs,
    IReadOnlyList<NodeContract> Contracts,
    IReadOnlyList<AllocatedEnergy> Rows,
    IReadOnlyList<StatementDelta> Carried);
