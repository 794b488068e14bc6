using Dems.Contracts.Settlement;
using Dems.Core.Ledger;
using Dems.Core.Settlement.Calendar;
using Dems.Core.Settlement.OnChain;
using Dems.Core.Settlement.Statements;

namespace Dems.Grains.Settlement;

/// <summary>Replays as the API shows them.</summary>
internal static class WhatIfViews
{
    public static WhatIfView Of(string pool, BillingPeriod period, Height asOf, WhatIfOutcome outcome)
    {
        var before = Of(outcome.Before);
        return new WhatIfView(
            pool,
            period.ToString(),
            asOf.Value,
            outcome.Intervals,
            outcome.IsConserved,
            [.. outcome.Energy.Select(node => new WhatIfNodeView(node.Node.ToString(), EnergyView.Of(node.Before), EnergyView.Of(node.After)))],
            [
                .. (outcome.After?.Statements ?? []).Select(after => (After: after, Before: before.GetValueOrDefault(after.Party.ToString()))).Select(pair => new WhatIfPartyView(
                    pair.After.Party.ToString(),
                    pair.Before?.Currency.Format(pair.Before.Due),
                    pair.After.Currency.Format(pair.After.Due),
                    pair.Before?.Due ?? 0,
                    pair.After.Due)),
            ]);
    }

    private static Dictionary<string, Statement> Of(PeriodSettlement? settlement) =>
        (settlement?.Statements ?? []).ToDictionary(statement => statement.Party.ToString(), StringComparer.Ordinal);
}
