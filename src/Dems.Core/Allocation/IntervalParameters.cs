namespace Dems.Core.Allocation;

/// <summary>What replaces a rule's standing table for one interval (fixed before the interval starts; its caller sees to that).</summary>
public abstract record IntervalParameters
{
    private IntervalParameters()
    {
    }

    /// <summary>Shares for <see cref="AllocationRule.Static"/>.</summary>
    /// <param name="Values">As there.</param>
    public sealed record Shares(IReadOnlyList<NodeShare> Values) : IntervalParameters;

    /// <summary>Coefficients for <see cref="AllocationRule.PairCoefficients"/>.</summary>
    /// <param name="Values">As there.</param>
    public sealed record Pairs(IReadOnlyList<PairShare> Values) : IntervalParameters;

    /// <summary>Limits for the auctions.</summary>
    /// <param name="Values">As there.</param>
    public sealed record Orders(IReadOnlyList<LimitOrder> Values) : IntervalParameters;
}
