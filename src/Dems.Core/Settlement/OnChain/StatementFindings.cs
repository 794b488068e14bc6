using Dems.Core.Governance;
using Dems.Core.Ledger;
using Dems.Core.Settlement.Statements;

namespace Dems.Core.Settlement.OnChain;

/// <summary>What a statement's proof proves.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="Statement">The statement.</param>
/// <param name="AsOf">The newest block that it counts.</param>
/// <param name="Head">The header whose state was read.</param>
/// <param name="Intervals">Intervals of its nodes that were allocated.</param>
/// <param name="Provisional">Those of them that are provisional.</param>
/// <param name="Closing">The closing that it belongs to; null if no ballot closed it.</param>
public sealed record StatementFindings(GenesisPool Pool, Statement Statement, Height AsOf, BlockHeader Head, long Intervals, long Provisional, ApprovedSettlement? Closing);
