using System.Numerics;
using CsCheck;
using Dems.Core.Allocation;
using Xunit;

namespace Dems.Core.Tests.Allocation;

/// <summary>What DESIGN promises of every rule, stated without knowing how the rule computes.</summary>
public sealed class InvariantTests
{
    private const int Cases = 2_000;

    private static readonly Gen<AllocationRule> AnySharingRule = Gen.OneOf(AnyAllocation.Static, AnyAllocation.ProRata, AnyAllocation.EqualWithCaps, AnyAllocation.Cascade);

    private static readonly Gen<AllocationRule> AnyMatchingRule = Gen.OneOf(AnyAllocation.PairCoefficientsWithoutSelf, AnyAllocation.UniformPriceAuction, AnyAllocation.PayAsBid);

    private static readonly Gen<AllocationInput> AnyInput = Gen.OneOf(
        AnyAllocation.Input(AnySharingRule, AnyAllocation.AnySelf, AnyAllocation.Quantity),
        AnyAllocation.Input(AnyMatchingRule, AnyAllocation.AnySelf, AnyAllocation.Quantity),
        AnyAllocation.Input(AnyAllocation.VirtualStorage, Gen.Const(SelfSharing.First), AnyAllocation.Quantity));

    [Fact]
    public void Totals_OfAnyAllocation_AreConserved() => Check(AnyInput, result =>
    {
        var charged = result.Nodes.Sum(n => n.Charged);
        var discharged = result.Nodes.Sum(n => n.Discharged);
        Assert.Equal(result.Input.Participants.Sum(p => p.Production) + discharged, result.Allocated + charged + result.Export);
        Assert.Equal(result.Nodes.Sum(n => n.Allocated), result.Nodes.Sum(n => n.Sold));
        Assert.Equal(result.Export, result.Nodes.Sum(n => n.Export));
        Assert.Equal(result.Grid, result.Nodes.Sum(n => n.Grid));
        Assert.All(result.Nodes, n => Assert.True(n is { Allocated: >= 0, Sold: >= 0, Grid: >= 0, Export: >= 0, Leftover: >= 0 }));
        Assert.InRange(result.Nodes.Sum(n => n.Leftover), 0, result.Export);
    });

    [Fact]
    public void Matrix_OfAnyAllocation_HasTheMarginsAndObeysSelf() => Check(AnyInput, result =>
    {
        foreach (var row in result.Nodes)
        {
            Assert.Equal(row.Allocated, result.Transfers.Where(t => t.Consumer == row.Node).Sum(t => t.Quantity));
            Assert.Equal(row.Sold, result.Transfers.Where(t => t.Producer == row.Node).Sum(t => t.Quantity));
            var own = result.Transfers.Where(t => t.Producer == row.Node && t.Consumer == row.Node).Sum(t => t.Quantity);
            var least = result.Input.Policy.Self == SelfSharing.First ? Math.Min(row.Consumption, row.Production) : 0;
            Assert.True(result.Input.Policy.Self == SelfSharing.Forbidden ? own == 0 : own >= least);
        }
    });

    [Fact]
    public void Storage_OverAnyInterval_ChangesByWhatWentInAndOutAndWasLost() => Check(
        AnyAllocation.Input(AnyAllocation.VirtualStorage, Gen.Const(SelfSharing.First), AnyAllocation.Quantity), result =>
        {
            var before = Sum(result.Input.Storage.Select(s => s.MicroWh));
            var after = Sum(result.Storage.Select(s => s.MicroWh));
            var charged = Sum(result.Nodes.Select(n => n.Charged)) * 1_000_000;
            var discharged = Sum(result.Nodes.Select(n => n.Discharged)) * 1_000_000;
            Assert.Equal(after - before, charged - discharged - (BigInteger)result.LossMicroWh);
            Assert.True(result.LossMicroWh >= 0);
        });

    /// <summary>Rule 2 and 3 serve everybody when there is enough, and nothing is left when there is not; the quota is met to less than a watt-hour.</summary>
    [Fact]
    public void ProRata_OfAnyInput_StaysWithinAWattHourOfTheQuota() => Check(
        AnyAllocation.Input(AnyAllocation.ProRata, Gen.Const(SelfSharing.Pooled), AnyAllocation.Quantity), result =>
        {
            Assert.Equal(Math.Min(result.Production, result.Consumption), result.Allocated);
            foreach (var row in result.Nodes.Where(_ => result.Production < result.Consumption))
            {
                var error = (BigInteger)row.Allocated * result.Consumption - (BigInteger)result.Production * row.Consumption;
                Assert.True(BigInteger.Abs(error) < result.Consumption, $"{row}");
            }
        });

    [Fact]
    public void EqualWithCaps_OfEqualWeights_GivesNobodyOneMoreThanAnUnsatisfiedOther() => Check(
        AnyAllocation.Input(Gen.Const(Village.Equal), Gen.Const(SelfSharing.Pooled), AnyAllocation.Quantity), result =>
        {
            Assert.Equal(Math.Min(result.Production, result.Consumption), result.Allocated);
            var unsatisfied = result.Nodes.Where(n => n.Allocated < n.Consumption).Select(n => n.Allocated).DefaultIfEmpty(long.MaxValue - 1).Min();
            Assert.All(result.Nodes, n => Assert.True(n.Allocated <= unsatisfied + 1));
        });

    /// <summary>Nobody but ties looks at addresses: when the same quantities come in under other addresses, each of them gets the same to a unit.</summary>
    [Fact]
    public void Addresses_Exchanged_ChangeNothingButTies() => Gen.Select(
        AnyAllocation.Input(Gen.OneOf(Gen.Const(Village.ProRata), Gen.Const(Village.Equal)), Gen.Const(SelfSharing.Pooled), AnyAllocation.Quantity), Gen.Int[1, 8]).Sample(
        (input, shift) =>
        {
            var n = input.Participants.Count;
            var shifted = input with
            {
                Participants = [.. input.Participants.Select((p, i) => input.Participants[(i + shift) % n] with { Node = p.Node })],
                Policy = input.Policy with { Producers = new ProducerKey.ProRata() },
            };
            var before = Village.Allocate(input with { Policy = shifted.Policy });
            var after = Village.Allocate(shifted);
            Assert.Equal(before.Allocated, after.Allocated);
            for (var i = 0; i < n; i++)
            {
                Assert.InRange(after.Nodes[i].Allocated - before.Nodes[(i + shift) % n].Allocated, -1, 1);
                Assert.InRange(after.Nodes[i].Sold - before.Nodes[(i + shift) % n].Sold, -1, 1);
            }
        },
        iter: TestScale.Times(Cases));

    [Fact]
    public void Replay_OfAnyInput_GivesTheSameAndSoDoesAPlanThatWorkedBefore() => Gen.Select(AnyInput, AnyAllocation.Quantity.Array[18]).Sample(
        (input, others) =>
        {
            var expected = Village.Allocate(input);
            var nodes = input.Participants.Select(p => p.Node).ToArray();
            Assert.True(AllocationPlan.TryCreate(input.Interval.Pool, input.Interval.Carrier, input.Policy, nodes, out var plan, out _));
            var outcome = plan.NewOutcome();
            Assert.True(plan.TryAllocate(Samples.Midnight - 900, 900, others.AsSpan(0, nodes.Length), others.AsSpan(9, nodes.Length), null, outcome, out var error), error);
            Assert.True(outcome.TryStart(plan, input.Storage, out _));
            long[] consumption = [.. input.Participants.Select(p => p.Consumption)];
            long[] production = [.. input.Participants.Select(p => p.Production)];
            Assert.True(plan.TryAllocate(input.Interval.Start, input.Interval.Duration, consumption, production, input.Parameters, outcome, out error), error);
            for (var i = 0; i < nodes.Length; i++)
            {
                Assert.Equal(expected.Nodes[i].Allocated, outcome.Given[i] + outcome.Own[i]);
                Assert.Equal(expected.Nodes[i].Sold, outcome.Placed[i] + outcome.Own[i]);
                Assert.Equal(expected.Nodes[i].Leftover, outcome.Leftover[i]);
            }

            Assert.Equal((expected.Allocated, expected.Export), (outcome.Allocated, outcome.Export));
        },
        iter: TestScale.Times(Cases));

    /// <summary>With self forbidden an efficient rule shares the most that any matrix with an empty diagonal can: min(P, ΣC, min over i of P − Pᵢ + ΣC − Cᵢ).</summary>
    [Fact]
    public void ForbiddenSelf_UnderAnEfficientRule_SharesTheLargestFlow() => Check(
        AnyAllocation.Input(Gen.OneOf(Gen.Const(Village.ProRata), Gen.Const(Village.Equal)), Gen.Const(SelfSharing.Forbidden), AnyAllocation.Quantity), result =>
        {
            var cuts = result.Nodes.Select(n => result.Production - n.Production + result.Consumption - n.Consumption);
            Assert.Equal(cuts.Append(result.Production).Append(result.Consumption).Min(), result.Allocated);
        });

    /// <summary>Whatever the rule: the steps end with what everyone received and sold, and explaining changes nothing.</summary>
    [Fact]
    public void Explanation_OfAnyAllocation_EndsWithEveryOutcome() => Check(AnyInput, result =>
    {
        var steps = result.Explain();
        foreach (var row in result.Nodes)
        {
            Assert.Equal(row.Allocated, steps.Where(s => s.Node == row.Node && s.Formula.StartsWith("aᵢ = own", StringComparison.Ordinal)).Sum(s => s.Value));
            Assert.Equal(row.Sold, steps.Where(s => s.Node == row.Node && s.Formula.StartsWith("soldⱼ = own", StringComparison.Ordinal)).Sum(s => s.Value));
        }
    });

    [Fact]
    public void Explanation_OfProRata_NamesEachQuota() => Check(
        AnyAllocation.Input(AnyAllocation.ProRata, Gen.Const(SelfSharing.Pooled), AnyAllocation.Quantity), result =>
        {
            var steps = result.Explain();
            foreach (var row in result.Nodes.Where(n => n.Consumption > 0 && result.Production > 0))
            {
                Assert.Contains(steps, step => step.Node == row.Node && step.Value == row.Allocated && step.Formula is "P·Cᵢ/ΣC" or "aᵢ = Cᵢ");
            }
        });

    /// <summary>The hour holds what its quarter-hours held, and sharing by the hour never shares less.</summary>
    [Fact]
    public void SettlementInterval_OfFourQuarterHours_ConservesAndSharesNoLess() =>
        Gen.Select(Gen.Long[0, 40], Gen.Long[0, 40]).Array[3].Array[4].Sample(
            quarters =>
            {
                var policy = Village.Policy(Village.ProRata) with { SettlementInterval = 3_600 };
                var metered = quarters.Select((rows, q) => Village.Input(policy, [.. rows.Select(r => r.Item1)], [.. rows.Select(r => r.Item2)]) with
                {
                    Interval = Village.Interval with { Start = Samples.Midnight + q * 900 },
                }).ToList();

                Assert.True(SettlementIntervals.TryAggregate(metered, out var hours, out var error), error);

                var hour = Village.Allocate(Assert.Single(hours));
                Assert.Equal(3_600, hour.Input.Interval.Duration);
                Assert.Equal(metered.Sum(input => input.Participants.Sum(p => p.Production)), hour.Allocated + hour.Export);
                Assert.Equal(metered.Sum(input => input.Participants.Sum(p => p.Consumption)), hour.Allocated + hour.Grid);
                Assert.True(hour.Allocated >= metered.Sum(input => Village.Allocate(input).Allocated));
            },
            iter: TestScale.Times(Cases));

    private static BigInteger Sum(IEnumerable<long> values) => values.Aggregate(BigInteger.Zero, (sum, value) => sum + value);

    private static void Check(Gen<AllocationInput> inputs, Action<AllocationResult> check) =>
        inputs.Sample(input => check(Village.Allocate(input)), iter: TestScale.Times(Cases));
}
