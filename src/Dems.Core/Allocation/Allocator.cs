using Dems.Core.Allocation.Arithmetic;

namespace Dems.Core.Allocation;

/// <summary>
/// Allocates one interval (DESIGN §7): a pure function of its input. For many intervals of the same participants, <see cref="AllocationPlan"/> does the same faster.
/// </summary>
public static class Allocator
{
    /// <summary>The allocation; false with a reason if the input breaks a bound.</summary>
    public static bool TryAllocate(AllocationInput input, out AllocationResult result, out string error) => TryAllocate(input, trace: null, out result, out error);

    /// <summary>The steps of an allocation that succeeded before.</summary>
    internal static IReadOnlyList<AllocationStep> Explain(AllocationInput input)
    {
        var trace = new AllocationTrace([.. input.Participants.Select(p => p.Node)]);
        return TryAllocate(input, trace, out _, out var error) ? trace.Steps : throw new InvalidOperationException(error);
    }

    private static bool TryAllocate(AllocationInput input, AllocationTrace? trace, out AllocationResult result, out string error)
    {
        result = null!;
        var interval = input.Interval;
        var nodes = input.Participants.Select(p => p.Node).ToArray();
        if (!AllocationPlan.TryCreate(interval.Pool, interval.Carrier, input.Policy, nodes, out var plan, out error))
        {
            return false;
        }

        var outcome = plan.NewOutcome();
        if (!outcome.TryStart(plan, input.Storage, out error))
        {
            return false;
        }

        plan.Trace = trace;
        var consumption = input.Participants.Select(p => p.Consumption).ToArray();
        var production = input.Participants.Select(p => p.Production).ToArray();
        if (!plan.TryAllocate(interval.Start, interval.Duration, consumption, production, input.Parameters, outcome, out error))
        {
            return false;
        }

        result = new AllocationResult(input, plan, outcome);
        return true;
    }
}
