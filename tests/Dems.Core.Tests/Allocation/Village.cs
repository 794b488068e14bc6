using Dems.Core.Allocation;
using Dems.Core.Energy;

namespace Dems.Core.Tests.Allocation;

/// <summary>Writes allocations as their examples are printed: nodes by number, quantities in a row.</summary>
internal static class Village
{
    private static readonly NodeAddress[] Sorted = [.. Enumerable.Range(0, 200).Select(i => new NodeAddress(Samples.HashOf($"village {i}").ToArray().AsSpan(0, 20))).Order()];

    public static AllocationInterval Interval { get; } = new(Samples.Chain, Carrier.Electricity, Samples.Midnight, 900);

    public static AllocationRule ProRata { get; } = new AllocationRule.ProRata();

    public static AllocationRule Equal { get; } = new AllocationRule.EqualWithCaps([], 1);

    public static NodeAddress Node(int i) => Sorted[i];

    public static AllocationRule Static(ShareRounds rounds, LeftoverTo leftover, params int[] partsPerMillion) =>
        new AllocationRule.Static([.. partsPerMillion.Select((s, i) => new NodeShare(Node(i), s))], rounds, leftover);

    public static AllocationPolicy Policy(AllocationRule rule, ProducerKey? key = null, SelfSharing self = SelfSharing.Pooled) =>
        new(AllocationBasis.Grid, rule, key ?? new ProducerKey.ProRata(), self, SettlementInterval: 0);

    public static AllocationInput Input(AllocationPolicy policy, long[] consumption, long[] production) => new()
    {
        Interval = Interval,
        Policy = policy,
        Participants = [.. consumption.Select((c, i) => new Participant(Node(i), c, production[i]))],
    };

    public static AllocationResult Allocate(AllocationPolicy policy, long[] consumption, long[] production) => Allocate(Input(policy, consumption, production));

    public static AllocationResult Allocate(AllocationInput input)
    {
        Assert(Allocator.TryAllocate(input, out var result, out var error), error);
        return result;
    }

    public static string Refusal(AllocationInput input)
    {
        Assert(!Allocator.TryAllocate(input, out _, out var error), "the input was not refused");
        return error;
    }

    public static long[] Received(this AllocationResult result) => [.. result.Nodes.Select(n => n.Allocated)];

    public static long[] Sold(this AllocationResult result) => [.. result.Nodes.Select(n => n.Sold)];

    private static void Assert(bool condition, string message) => Xunit.Assert.True(condition, message);
}
