using System.Buffers;

namespace Dems.Core.Ledger.Execution.Intervals;

/// <summary>
/// What the newest allocation of an interval gave each node with an amount other than 0, ascending by place in the node index: what a correction is compared with. Numbers as
/// LEB128: revision, then per node the distance to the place before and the eight amounts of <see cref="AllocatedAmounts"/>.
/// </summary>
internal sealed record IntervalRecord(int Revision, IReadOnlyList<NodeOutcome> Outcomes) : IStateRecord
{
    // Seven bits a byte.
    private const int MaxNumber = 9;

    public byte[] Encode()
    {
        var buffer = ArrayPool<byte>.Shared.Rent(MaxNumber * (1 + Outcomes.Count * (1 + AllocatedAmounts.Count)));
        var rest = Write(buffer, Revision);
        var before = 0;
        for (var i = 0; i < Outcomes.Count; i++)
        {
            var (ordinal, amounts) = Outcomes[i];
            rest = Write(rest, ordinal - before);
            before = ordinal;
            for (var place = 0; place < AllocatedAmounts.Count; place++)
            {
                rest = Write(rest, amounts[place]);
            }
        }

        var bytes = buffer.AsSpan(0, buffer.Length - rest.Length).ToArray();
        ArrayPool<byte>.Shared.Return(buffer);
        return bytes;
    }

    public static IntervalRecord Decode(ReadOnlySpan<byte> bytes)
    {
        var revision = (int)Read(ref bytes);
        var outcomes = new List<NodeOutcome>();
        var ordinal = 0;
        Span<long> amounts = stackalloc long[AllocatedAmounts.Count];
        while (!bytes.IsEmpty)
        {
            ordinal += (int)Read(ref bytes);
            foreach (ref var amount in amounts)
            {
                amount = Read(ref bytes);
            }

            outcomes.Add(new NodeOutcome(ordinal, AllocatedAmounts.Of(amounts)));
        }

        return new IntervalRecord(revision, outcomes);
    }

    // Returns what is left of the space.
    private static Span<byte> Write(Span<byte> space, long value)
    {
        var length = 0;
        for (; value >= 0x80; value >>= 7)
        {
            space[length++] = (byte)(value & 0x7F | 0x80);
        }

        space[length++] = (byte)value;
        return space[length..];
    }

    private static long Read(ref ReadOnlySpan<byte> bytes)
    {
        long value = 0;
        for (var (at, shift) = (0, 0); ; at++, shift += 7)
        {
            value |= (long)(bytes[at] & 0x7F) << shift;
            if (bytes[at] < 0x80)
            {
                bytes = bytes[(at + 1)..];
                return value;
            }
        }
    }
}
