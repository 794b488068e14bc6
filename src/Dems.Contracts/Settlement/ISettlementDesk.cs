using Dems.Core.Energy;
using Dems.Core.Settlement.Calendar;

namespace Dems.Contracts.Settlement;

/// <summary>Settles, explains and replays what a member's chains hold. It only reads: closing a period takes a ballot (docs/settlement.md).</summary>
public interface ISettlementDesk
{
    /// <summary>All statements of a period: as it was closed, or a preview as of the newest certified block.</summary>
    Task<DeskAnswer<SettlementView>> SettleAsync(string pool, BillingPeriod period, CancellationToken cancellationToken);

    /// <summary>One party's statement of a period with its proof.</summary>
    Task<DeskAnswer<StatementAnswer>> StatementAsync(string pool, BillingPeriod period, NodeAddress party, CancellationToken cancellationToken);

    /// <summary>Why a node got what it got in the interval that holds a second.</summary>
    Task<DeskAnswer<WhyView>> ExplainAsync(string pool, NodeAddress node, long second, CancellationToken cancellationToken);

    /// <summary>What a period would have come to under another policy or tariff.</summary>
    Task<DeskAnswer<WhatIfView>> ReplayAsync(string pool, BillingPeriod period, WhatIfRequest request, CancellationToken cancellationToken);
}
