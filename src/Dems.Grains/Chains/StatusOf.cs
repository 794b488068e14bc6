using Dems.Contracts.Grains;
using Dems.Core.Ledger;

namespace Dems.Grains.Chains;

/// <summary>A replica's standing as messages and views show it.</summary>
internal static class StatusOf
{
    public static ChainStatus Site(ChainSite site, Genesis genesis)
    {
        if (site.Replica is not { } replica)
        {
            return new ChainStatus(false, 0, genesis.Hash.ToString(), 0, "", 0, -1, "", 0, false, false, null, [], Problem(site));
        }

        var standing = replica.Standing;
        var tip = standing.Tip;
        var voting = standing.Ready && !site.Keeper.IsPartial && (standing.AbstainThrough is not { } through || tip.Height.Next > through);
        return new ChainStatus(
            Running: true,
            tip.Height.Value,
            tip.HeadHash.ToString(),
            tip.Frontier.Size,
            tip.Roots.StateRoot.ToString(),
            tip.Head is null ? 0 : tip.Time.UnixMilliseconds,
            standing.Round,
            standing.Step.ToString(),
            standing.PendingEntries,
            standing.Behind,
            voting,
            standing.AbstainThrough?.Value,
            [.. standing.PeerHeads.Select(h => h.Value)],
            replica.StopReason ?? Problem(site));
    }

    private static string Problem(ChainSite site) =>
        site.Keeper.IsPartial ? "blocks below a state from peers are being fetched"
        : site.Keeper.Remaining is > 0 and var remaining ? $"{remaining} damaged blocks are being repaired from peers" : site.Problem;
}
