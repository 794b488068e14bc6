namespace Dems.Core.Allocation.Presets;

/// <summary>What most presets have in common.</summary>
internal static class Policies
{
    /// <summary>An hour, to which some countries sum before they share.</summary>
    public const int Hour = 3_600;

    /// <summary>On what the grid's meters counted, producers pro rata, own use pooled, as metered.</summary>
    public static AllocationPolicy OfGrid(AllocationRule rule) =>
        new(AllocationBasis.Grid, rule, new ProducerKey.ProRata(), SelfSharing.Pooled, SettlementInterval: 0);

    /// <summary>Static shares, applied once; what is not used stays with the producers.</summary>
    public static AllocationRule Static(IReadOnlyList<NodeShare> shares) => new AllocationRule.Static(shares, ShareRounds.One, LeftoverTo.Producer);

    /// <summary>Pro rata to consumption.</summary>
    public static AllocationRule ProRata { get; } = new AllocationRule.ProRata();
}
