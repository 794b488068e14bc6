using Dems.Core.Allocation.Arithmetic;
using Dems.Core.Allocation.Rules;

namespace Dems.Core.Allocation.Producers;

/// <summary>Water-filled: soldⱼ = min(λ, Pⱼ) with the level λ at which Σsold = Σa; LR among the producers at the level. Source: DESIGN §7; <see cref="EqualWithCapsRule"/>.</summary>
internal sealed class WaterFilledKey : SupplierKey
{
    private readonly EqualWithCapsRule _level;
    private readonly long[] _unused;

    public WaterFilledKey(int participants)
    {
        var weights = new long[participants];
        Array.Fill(weights, 1);
        _level = new EqualWithCapsRule(weights);
        _unused = new long[participants];
    }

    /// <inheritdoc/>
    public override void Place(long total, ReadOnlySpan<long> offer, Span<long> sold, LargestRemainder remainders) =>
        _level.Serve(total, offer, sold, _unused, remainders);
}
