using Dems.Core.Allocation;
using Dems.Core.Energy;
using Dems.Core.Governance.Trials;
using Dems.Core.Tests.Ledger.Execution.Intervals;
using Xunit;

namespace Dems.Core.Tests.Governance.Trials;

/// <summary>Trials on a village whose home 0 generates 600 Wh a quarter-hour, while the three homes consume 100, 300 and 500.</summary>
public sealed class RuleTrialTests
{
    private const int Day = 86_400;
    private const int Slot = 900;

    private readonly Village _village = new(homes: 3);

    [Fact]
    public void Trial_OfEqualShares_ShowsEachNodesDifference()
    {
        Meter(Village.Midnight, slots: 4);

        var result = Run(Equal, days: 7);

        // Pro rata 67, 200, 333 against the level 250: 100, 250, 250.
        Assert.Equal((Village.Midnight, Village.Midnight + (4 * Slot), 4, 0, 0, true), (result.From, result.Until, result.Intervals, result.Skipped, result.Missing, result.IsConserved));
        Assert.Equal([4 * 67, 4 * 200, 4 * 333], Homes(result).Select(node => node.Before.Allocated));
        Assert.Equal([4 * 100, 4 * 250, 4 * 250], Homes(result).Select(node => node.After.Allocated));
        Assert.Equal([4 * 33, 4 * 50, 4 * -83], Homes(result).Select(node => node.Gain));
        Assert.All(Homes(result), node => Assert.Equal(0, node.SalesGain));
        Assert.Equal((2_400, 2_400), (result.Before.Allocated, result.After.Allocated));
    }

    [Fact]
    public void Trial_OfThePolicyInForce_ChangesNothingAndRepeatsTheChain()
    {
        Meter(Village.Midnight, slots: 8);

        var result = Run(_village.Terms.Policy, days: 1);

        Assert.All(result.Nodes, node => Assert.Equal(node.Before, node.After));
        var chain = _village.State.Allocation.OnDay(Carrier.Electricity, (int)(Village.Midnight / Day)).SelectMany(interval => interval.Amounts).ToLookup(pair => pair.Key, pair => pair.Value);
        Assert.All(result.Nodes, node => Assert.Equal(chain[node.Node].Aggregate((sum, next) => sum + next), node.Before));
    }

    [Fact]
    public void Trial_OfHours_LeavesOutHoursThatAreNotWhole()
    {
        Meter(Village.Midnight, slots: 6);

        var result = Run(_village.Terms.Policy with { SettlementInterval = 3_600 }, days: 1);

        Assert.Equal((1, 1, Village.Midnight + 3_600), (result.Intervals, result.Skipped, result.Until));
        Assert.Equal((4 * 900, 4 * 900), (result.Before.Consumption, result.After.Consumption));
        Assert.Equal([267, 800, 1_333], Homes(result).Select(node => node.After.Allocated));
    }

    [Fact]
    public void Trial_OfAnotherBasis_SaysWhatIsMissing()
    {
        Meter(Village.Midnight, slots: 2);

        var result = Run(_village.Terms.Policy with { Basis = AllocationBasis.Grid }, days: 1);

        // Three sides of consumption and one of production, twice.
        Assert.Equal((8, 0, 1_200), (result.Missing, result.After.Allocated, result.Before.Allocated));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(31, 3)]
    public void Trial_OverSomeDays_TakesTheNewestWithAllocations(int days, int taken)
    {
        for (var day = 0; day < 3; day++)
        {
            Meter(Village.Midnight + (day * Day), slots: 1);
        }

        // A day on which nothing is complete counts for nothing.
        _village.Execute(_village.Consumes(1, Village.Midnight + (3 * Day), 5));

        var result = Run(Equal, days);

        Assert.Equal((taken, Village.Midnight + ((3 - taken) * Day), Village.Midnight + (2 * Day) + Slot), (result.Intervals, result.From, result.Until));
    }

    [Fact]
    public void Trial_OnAPoolWithoutIntervals_IsEmpty()
    {
        var result = Run(Equal, days: 7);

        Assert.Equal((0, 0, 0), (result.Intervals, result.From, result.Until));
        Assert.Empty(result.Nodes);
    }

    [Theory]
    [InlineData(Carrier.Heat, 7, 0, "carrier: the pool does not share Heat")]
    [InlineData(Carrier.Electricity, 0, 0, "days: ")]
    [InlineData(Carrier.Electricity, 32, 0, "days: ")]
    [InlineData(Carrier.Electricity, 7, 300, "settlement interval: ")]
    public void Trial_ThatCannotBe_IsRefusedWithAReason(Carrier carrier, int days, int settlementInterval, string reason)
    {
        Assert.False(RuleTrial.TryStart(_village.State, carrier, Equal with { SettlementInterval = settlementInterval }, days, out _, out var error));
        Assert.StartsWith(reason, error, StringComparison.Ordinal);
    }

    private AllocationPolicy Equal => _village.Terms.Policy with { Rule = new AllocationRule.EqualWithCaps([], DefaultWeight: 1) };

    private IEnumerable<TrialNode> Homes(TrialResult result) => Enumerable.Range(0, 3).Select(home => result.Nodes.Single(node => node.Node == _village.Home(home)));

    private TrialResult Run(AllocationPolicy policy, int days)
    {
        var root = _village.State.Root;
        Assert.True(RuleTrial.TryStart(_village.State, Carrier.Electricity, policy, days, out var trial, out var error), error);
        foreach (var day in trial.Days)
        {
            trial.Replay(day);
        }

        Assert.Equal(root, _village.State.Root);
        return trial.Result();
    }

    private void Meter(long start, int slots)
    {
        long[] Each(long quantity) => [.. Enumerable.Repeat(quantity, slots)];
        _village.Execute(
            _village.Consumes(0, start, Each(100)), _village.Generates(0, start, Each(600)), _village.Consumes(1, start, Each(300)), _village.Consumes(2, start, Each(500)));
    }
}
