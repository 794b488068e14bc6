using System.Numerics;
using CsCheck;
using Dems.Core.Governance;
using Xunit;

namespace Dems.Core.Tests.Governance;

public sealed class TallyRuleTests
{
    private static readonly int[] Edges = [0, 1, 333_333, 333_334, 500_000, 666_666, 666_667, 999_999, 1_000_000];
    private static readonly Gen<long> Weight = Gen.OneOf(Gen.Long[0, 5], Gen.Long[0, 1_000_000], Gen.Long[0, 1L << 60]);
    private static readonly Gen<int> Share = Gen.OneOf(Gen.Int[0, 1_000_000], Gen.Int[0, 8].Select(i => Edges[i]));

    /// <summary>The model compares fractions of unbounded integers, as the rule is said in words.</summary>
    [Fact]
    public void Decision_OfAnyCount_IsThatOfExactFractions() =>
        Gen.Select(Weight, Weight, Weight, Weight, Share, Share).Sample(
            (yes, no, abstain, absent, quorum, threshold) =>
            {
                var total = yes / 4 + no / 4 + abstain / 4 + absent / 4;
                var count = new BallotCount(1, total, 1, yes / 4, no / 4, abstain / 4);
                var rule = new TallyRule(WeightMode.ByCapacity, MemberQuorum: false, quorum, threshold);
                return rule.Decide(count) == Model(count, quorum, threshold);
            },
            iter: TestScale.Times(20_000));

    /// <summary>At, just below and just above each boundary.</summary>
    [Theory]
    [InlineData(10, 5, 0, 0, 500_000, 0, BallotDecision.Accepted)]
    [InlineData(10, 4, 0, 0, 500_000, 0, BallotDecision.RejectedQuorum)]
    [InlineData(10, 1, 0, 4, 500_000, 0, BallotDecision.Accepted)]
    [InlineData(3, 2, 1, 0, 0, 666_666, BallotDecision.Accepted)]
    [InlineData(3, 2, 1, 0, 0, 666_667, BallotDecision.RejectedThreshold)]
    [InlineData(4, 2, 2, 0, 0, 500_000, BallotDecision.RejectedThreshold)]
    [InlineData(4, 2, 2, 0, 0, 0, BallotDecision.RejectedThreshold)]
    [InlineData(5, 3, 2, 0, 0, 500_000, BallotDecision.Accepted)]
    [InlineData(5, 5, 0, 0, 1_000_000, 1_000_000, BallotDecision.Accepted)]
    [InlineData(5, 4, 0, 1, 1_000_000, 1_000_000, BallotDecision.Accepted)]
    [InlineData(5, 4, 1, 0, 1_000_000, 1_000_000, BallotDecision.RejectedThreshold)]
    [InlineData(0, 0, 0, 0, 0, 0, BallotDecision.RejectedQuorum)]
    [InlineData(5, 0, 0, 5, 0, 0, BallotDecision.RejectedThreshold)]
    public void Decision_AtABoundary_IsExact(long total, long yes, long no, long abstain, int quorum, int threshold, BallotDecision decision) =>
        Assert.Equal(decision, new TallyRule(WeightMode.PerParty, MemberQuorum: false, quorum, threshold).Decide(new BallotCount(1, total, 1, yes, no, abstain)));

    /// <summary>More than two thirds of the members, abstentions and absences counting like no.</summary>
    [Fact]
    public void MembersBallot_OfAnySize_NeedsMoreThanTwoThirds()
    {
        for (var members = 1; members <= 100; members++)
        {
            for (var yes = 0; yes <= members; yes++)
            {
                var accepted = TallyRule.ByMembers.Decide(new BallotCount(members, members, members, yes, members - yes, 0)) == BallotDecision.Accepted;
                Assert.Equal(3 * yes > 2 * members, accepted);
            }
        }
    }

    [Fact]
    public void MembersDecide_WhatTouchesWhoDecides_WhateverThePoolsRules()
    {
        var rules = new GovernanceRules { Weights = WeightMode.ByCapacity };
        var byMembers = Enum.GetValues<BallotKind>().Where(kind => TallyRule.Of(kind, rules).MemberQuorum);
        Assert.Equal([BallotKind.Admission, BallotKind.Validators, BallotKind.Protocol, BallotKind.TimeZones], byMembers);
    }

    private static BallotDecision Model(BallotCount count, int quorum, int threshold)
    {
        BigInteger million = 1_000_000;
        var cast = new BigInteger(count.Yes) + count.No + count.Abstain;
        if (count.Total == 0 || cast * million < new BigInteger(count.Total) * quorum)
        {
            return BallotDecision.RejectedQuorum;
        }

        var decided = new BigInteger(count.Yes) + count.No;
        var agreed = count.Yes > count.No && new BigInteger(count.Yes) * million >= decided * threshold;
        return agreed ? BallotDecision.Accepted : BallotDecision.RejectedThreshold;
    }
}
