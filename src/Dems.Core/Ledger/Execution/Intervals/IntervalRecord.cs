namespace Dems.Core.Ledger.Execution.Intervals;

/// <summary>
/// What the newest allocation of an interval gave each node with an amount other than 0, ascending by place in the node index: what a correction is compared with. Numbers as
/// LEB128: revision, then per node the distance to the place before and the eight amounts of <see cref="AllocatedAmounts"/>.
/// </summary>
internal sealed record IntervalRecord(int Revision, IReadOnlyList<NodeOutcome> Outcomes) : IStateRecord
{
    public byte[] Encode()
    {
        var bytes = new List<byte>(4 + Outcomes.Count * 12);
        Write(bytes, Revision);
        var before = 0;
        foreach (var (ordinal, amounts) in Outcomes)
        {
            Write(bytes, ordinal - before);
            before = ordinal;
            for (var place = 0; place < AllocatedAmounts.Count; place++)
            {
                Write(bytes, amounts[place]);
            }
        }

        return [.. bytes];
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

    private static void Write(List<byte> bytes, long value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value & 0x7F | 0x80));
        }

        bytes.Add((byte)value);
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
