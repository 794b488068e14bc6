using Dems.Core.Energy;

namespace Dems.Core.Allocation;

/// <summary>One node's row of an allocation; all quantities in Wh and ≥ 0.</summary>
/// <param name="Node">Its address.</param>
/// <param name="Consumption">Cᵢ.</param>
/// <param name="Production">Pᵢ.</param>
/// <param name="Allocated">aᵢ: what it receives, own use and discharge included, at most Cᵢ.</param>
/// <param name="Sold">soldᵢ: what it supplies, own use and discharge included.</param>
/// <param name="Own">The part of both that was its own before anything was shared (<see cref="SelfSharing.First"/>, and discharge); pooled own use shows in the matrix only.</param>
/// <param name="Leftover">What static shares assigned to it beyond its use, if that is the consumer's: the part of the pool's export that is fed in on its account.</param>
/// <param name="Charged">What went into its virtual storage.</param>
/// <param name="Discharged">What came out of it.</param>
/// <param name="BuyPrice">What it pays for what it bought in an auction, in 10⁻⁶ currency per kWh; null if it bought nothing there.</param>
/// <param name="SellPrice">What it receives for what it sold in an auction, likewise.</param>
public readonly record struct NodeAllocation(
    NodeAddress Node, long Consumption, long Production, long Allocated, long Sold, long Own, long Leftover, long Charged, long Discharged,
    long? BuyPrice, long? SellPrice)
{
    /// <summary>gridᵢ = Cᵢ − aᵢ: what it buys elsewhere.</summary>
    public long Grid => Consumption - Allocated;

    /// <summary>exportᵢ = Pᵢ + discharge − charge − soldᵢ: what it supplies that nobody in the pool takes.</summary>
    public long Export => Production + Discharged - Charged - Sold;
}
