using CsCheck;
using Dems.Core.Allocation;
using Dems.Core.Settlement;
using Dems.Core.Settlement.Statements;
using Dems.Core.Tests.Allocation;
using Xunit;

namespace Dems.Core.Tests.Settlement.Statements;

public sealed class AllocatedRowsTests
{
    private static readonly Gen<AllocationPolicy> Policies = Gen.OneOf(
        Gen.Const(Village.Policy(Village.ProRata)),
        Gen.Const(Village.Policy(Village.ProRata, self: SelfSharing.First)),
        Gen.Const(Village.Policy(Village.Equal, self: SelfSharing.Forbidden)),
        Gen.Const(Village.Policy(Village.Static(ShareRounds.One, LeftoverTo.Consumer, 300_000, 300_000, 400_000))));

    [Fact]
    public void Rows_OfAnyAllocation_BalanceForEachNodeAndForThePool() =>
        Gen.Select(Policies, Gen.Long[0, 60].Array[3], Gen.Long[0, 60].Array[3]).Sample(
            (policy, consumption, production) =>
            {
                var rows = RowsOf(Village.Allocate(policy, consumption, production));
                Assert.Equal(rows.Sum(row => row.Energy.SharedIn), rows.Sum(row => row.Energy.SharedOut));
                Assert.Equal(consumption, rows.Select(row => row.Energy.OwnUse + row.Energy.SharedIn + row.Energy.GridIn));
                Assert.Equal(production.Sum(), rows.Sum(row => row.Energy.OwnUse + row.Energy.SharedOut + row.Energy.GridOut));
                Assert.All(rows, row => Assert.Null(row.Refusal()));
                if (policy.Self == SelfSharing.Forbidden)
                {
                    Assert.All(rows, row => Assert.Equal(0, row.Energy.OwnUse));
                }
            },
            iter: TestScale.Times(500));

    [Fact]
    public void OwnUse_Pooled_IsWhatTheMatrixGivesBack()
    {
        // One producer of 100 that uses 100 itself, beside a consumer of 100: half of what it makes comes back.
        var rows = RowsOf(Village.Allocate(Village.Policy(Village.ProRata), [100, 100], [100, 0]));
        Assert.Equal([new EnergyTotals(50, 0, 50, 50, 0), new EnergyTotals(0, 50, 0, 50, 0)], rows.Select(row => row.Energy));
    }

    [Fact]
    public void Leftover_OfConsumers_IsFedInOnTheirAccount()
    {
        // Half and half of 100: the first uses 20 of its 50, the second all of it; 30 are exported for the first and not for the producers.
        var result = Village.Allocate(Village.Policy(Village.Static(ShareRounds.One, LeftoverTo.Consumer, 500_000, 500_000)), [20, 200, 0, 0], [0, 0, 60, 40]);
        Assert.Equal([30L, 0, 0, 0], RowsOf(result).Select(row => row.Energy.GridOut));
    }

    [Fact]
    public void Auction_Prices_BecomeValuesOfWhatIsShared()
    {
        LimitOrder[] orders = [new(Village.Node(0), 250_000, null), new(Village.Node(1), null, 90_000)];
        var result = Village.Allocate(Village.Policy(new AllocationRule.PayAsBid(orders)), [40, 0], [0, 100]);
        var rows = RowsOf(result);
        Assert.Equal([ExactAmount.Of(40, 250_000), ExactAmount.Zero], rows.Select(row => row.Energy.SharedInValue));
        Assert.Equal([ExactAmount.Zero, ExactAmount.Of(40, 90_000)], rows.Select(row => row.Energy.SharedOutValue));
        Assert.Equal(result.Auction!.Spread, (rows[0].Energy.SharedInValue - rows[1].Energy.SharedOutValue).Nano);
    }

    [Fact]
    public void Of_WithoutAProofForEach_Throws() =>
        Assert.Throws<ArgumentException>(() => AllocatedRows.Of(Village.Allocate(Village.Policy(Village.ProRata), [1], [1]), []));

    private static IReadOnlyList<AllocatedEnergy> RowsOf(AllocationResult result) =>
        AllocatedRows.Of(result, [.. result.Nodes.Select((_, i) => new RowProof(Samples.HashOf($"row {i}"), i == 1))]);
}
