namespace Dems.Core.Allocation;

/// <summary>
/// How the consumption side is served: a closed union of the eight rules. The arithmetic of a kind and version never changes once a ballot has chosen it;
/// another arithmetic is another version. Each rule's formula and source stand in its file under Rules.
/// </summary>
public abstract record AllocationRule
{
    private AllocationRule()
    {
    }

    /// <summary>Version of the arithmetic, part of the signed bytes.</summary>
    public virtual int Version => 1;

    /// <summary>Fixed shares of the production.</summary>
    /// <param name="Shares">Strictly ascending by node, Σ ≤ 10⁶; a node without an entry has share 0.</param>
    /// <param name="Rounds">Whether the unused is shared again.</param>
    /// <param name="Leftover">Whose surplus the unused is.</param>
    public sealed record Static(IReadOnlyList<NodeShare> Shares, ShareRounds Rounds, LeftoverTo Leftover) : AllocationRule;

    /// <summary>In proportion to consumption.</summary>
    public sealed record ProRata : AllocationRule;

    /// <summary>Equal amounts per weight, nobody above its consumption.</summary>
    /// <param name="Weights">Strictly ascending by node.</param>
    /// <param name="DefaultWeight">Weight of a node without an entry, 0…<see cref="AllocationBounds.MaxWeight"/>.</param>
    public sealed record EqualWithCaps(IReadOnlyList<NodeWeight> Weights, int DefaultWeight) : AllocationRule;

    /// <summary>One group after the other.</summary>
    /// <param name="Tiers">In order, 1…<see cref="AllocationBounds.MaxTiers"/>; each node in at most one. Who is in none gets nothing.</param>
    public sealed record Cascade(IReadOnlyList<CascadeTier> Tiers) : AllocationRule;

    /// <summary>A table of producer × consumer.</summary>
    /// <param name="Standing">What applies unless an interval has its own table. Strictly ascending by producer, then consumer; Σ ≤ 10⁶ per producer.</param>
    public sealed record PairCoefficients(IReadOnlyList<PairShare> Standing) : AllocationRule;

    /// <summary>A sealed-bid double auction with one price.</summary>
    /// <param name="Standing">Limits that apply unless an interval has its own. Strictly ascending by node.</param>
    /// <param name="KPpm">Where between the bounds the price lies, 0 (lowest) … 10⁶ (highest).</param>
    /// <param name="Tick">Prices are multiples of this where the bounds allow, 1…<see cref="AllocationBounds.MaxPrice"/> in 10⁻⁶ currency per kWh.</param>
    public sealed record UniformPriceAuction(IReadOnlyList<LimitOrder> Standing, int KPpm, long Tick) : AllocationRule;

    /// <summary>The same queue; buyers pay their bids, sellers receive their asks.</summary>
    /// <param name="Standing">Limits that apply unless an interval has its own. Strictly ascending by node.</param>
    public sealed record PayAsBid(IReadOnlyList<LimitOrder> Standing) : AllocationRule;

    /// <summary>Storage before sharing. Needs <see cref="SelfSharing.First"/>.</summary>
    /// <param name="Units">Strictly ascending by node.</param>
    /// <param name="Inner">How the rest is shared: static, pro rata, equal with caps or cascade.</param>
    public sealed record VirtualStorage(IReadOnlyList<StorageUnit> Units, AllocationRule Inner) : AllocationRule;
}
