using Dems.Contracts.Queries;
using Dems.Core.Governance.Trials;

namespace Dems.Grains.Chains;

/// <summary>Trials of rules as the API shows them.</summary>
internal static class TrialViews
{
    public static TrialView Of(TrialResult result, int days)
    {
        var isEmpty = result.Intervals == 0;
        return new TrialView(
            result.Carrier.ToString(),
            days,
            isEmpty ? null : DateTimeOffset.FromUnixTimeSeconds(result.From),
            isEmpty ? null : DateTimeOffset.FromUnixTimeSeconds(result.Until),
            result.Intervals,
            result.Skipped,
            result.Missing,
            result.IsConserved,
            AmountsView.Of(result.Before),
            AmountsView.Of(result.After),
            [.. result.Nodes.Select(node => new TrialNodeView(node.Node.ToString(), AmountsView.Of(node.Before), AmountsView.Of(node.After), node.Gain, node.SalesGain))]);
    }
}
