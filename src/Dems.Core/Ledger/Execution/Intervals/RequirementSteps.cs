using System.Buffers.Binary;

namespace Dems.Core.Ledger.Execution.Intervals;

/// <summary>
/// How many readings an interval of one carrier needs, as a step function of time: contracts that begin at a second add the sides of their node (consumption, production),
/// contracts that end at a second take them away. A contract covers an interval if it begins no later than the interval does and ends no earlier. Per second ascending: time
/// (8), sides beginning (4), sides ending (4), big-endian.
/// </summary>
internal sealed class RequirementSteps : IStateRecord
{
    private const int StepSize = 16;

    private readonly SortedDictionary<long, Step> _steps = [];
    private long[]? _times;
    private long[]? _begun;
    private long[]? _ended;

    /// <summary>A contract with so many sides begins at a second.</summary>
    public void Begin(long at, int sides) => Change(at, step => step with { Begin = step.Begin + sides });

    /// <summary>A contract with so many sides ends: the second is its first not covered.</summary>
    public void End(long at, int sides) => Change(at, step => step with { End = step.End + sides });

    /// <summary>Sides that need a reading over a whole interval.</summary>
    public long SidesOver(IntervalSpan span)
    {
        Sum();
        return Before(_begun!, span.Start + 1) - Before(_ended!, span.End);
    }

    public byte[] Encode()
    {
        var bytes = new byte[_steps.Count * StepSize];
        var rest = bytes.AsSpan();
        foreach (var (time, step) in _steps)
        {
            BinaryPrimitives.WriteInt64BigEndian(rest, time);
            BinaryPrimitives.WriteInt32BigEndian(rest[8..], step.Begin);
            BinaryPrimitives.WriteInt32BigEndian(rest[12..], step.End);
            rest = rest[StepSize..];
        }

        return bytes;
    }

    public static RequirementSteps Decode(ReadOnlySpan<byte> bytes)
    {
        var steps = new RequirementSteps();
        for (; !bytes.IsEmpty; bytes = bytes[StepSize..])
        {
            steps._steps[BinaryPrimitives.ReadInt64BigEndian(bytes)] =
                new Step(BinaryPrimitives.ReadInt32BigEndian(bytes[8..]), BinaryPrimitives.ReadInt32BigEndian(bytes[12..]));
        }

        return steps;
    }

    private void Change(long at, Func<Step, Step> change)
    {
        _steps[at] = change(_steps.GetValueOrDefault(at));
        _times = null;
    }

    private void Sum()
    {
        if (_times is not null)
        {
            return;
        }

        _times = [.. _steps.Keys];
        (_begun, _ended) = (new long[_times.Length + 1], new long[_times.Length + 1]);
        var i = 0;
        foreach (var step in _steps.Values)
        {
            _begun[i + 1] = _begun[i] + step.Begin;
            _ended[i + 1] = _ended[i] + step.End;
            i++;
        }
    }

    // Sum of the steps at times before a second.
    private long Before(long[] sums, long second)
    {
        var at = Array.BinarySearch(_times!, second);
        return sums[at >= 0 ? at : ~at];
    }

    private readonly record struct Step(int Begin, int End);
}
