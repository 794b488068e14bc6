using Dems.Core.Settlement.Corrections;
using Dems.Core.Settlement.Statements;
using Xunit;
using static Dems.Core.Tests.Settlement.Given;

namespace Dems.Core.Tests.Settlement.Corrections;

public sealed class AllocationDiffTests
{
    private static readonly AllocatedEnergy A = Row("home", 0, new EnergyTotals(1, 2, 3, 4, 5));
    private static readonly AllocatedEnergy B = Row("home", 900, new EnergyTotals(5, 4, 3, 2, 1));

    [Fact]
    public void TryCompare_ChangedNewAndSameRows_GivesSignedDifferences()
    {
        var changed = A with { Energy = new EnergyTotals(0, 3, 3, 4, 5), Reference = Samples.HashOf("changed") };
        var added = Row("home", 1_800, new EnergyTotals(0, 0, 0, 0, 9));
        Assert.True(AllocationDiff.TryCompare([B, A], [added, B, changed], out var deltas, out _));
        Assert.Equal(
            [
                new EnergyDelta(A.Node, A.Carrier, 0, 900, new EnergyTotals(-1, 1, 0, 0, 0), A.Reference, changed.Reference),
                new EnergyDelta(A.Node, A.Carrier, 1_800, 900, new EnergyTotals(0, 0, 0, 0, 9), Hash32.Zero, added.Reference),
            ],
            deltas);
    }

    [Fact]
    public void TryCompare_ProvisionalTurnedFinal_IsAChangeOfNothing()
    {
        Assert.True(AllocationDiff.TryCompare([A with { Provisional = true }], [A], out var deltas, out _));
        Assert.True(Assert.Single(deltas).Change.IsZero);
    }

    [Fact]
    public void TryCompare_RowsThatOverlapOrChangeLength_AreRefused()
    {
        Assert.False(AllocationDiff.TryCompare([A, A], [], out _, out var twice));
        Assert.EndsWith("overlaps another row", twice, StringComparison.Ordinal);
        Assert.False(AllocationDiff.TryCompare([], [A, A with { Start = 450 }], out _, out var overlap));
        Assert.EndsWith("overlaps another row", overlap, StringComparison.Ordinal);
        Assert.False(AllocationDiff.TryCompare([A], [A with { Duration = 450 }], out _, out var length));
        Assert.EndsWith("lasted 900 s and now 450 s", length, StringComparison.Ordinal);
        Assert.False(AllocationDiff.TryCompare([A with { Start = -1 }], [], out _, out var bounds));
        Assert.EndsWith("is out of range", bounds, StringComparison.Ordinal);
    }
}
