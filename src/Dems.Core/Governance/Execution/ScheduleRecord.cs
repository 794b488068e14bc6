using System.Formats.Cbor;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Execution;

namespace Dems.Core.Governance.Execution;

/// <summary>What held from when on: [[from, bytes], …], ascending strictly by from. What begins later replaces what began before; nothing is dropped, since the past is settled by it.</summary>
internal sealed record ScheduleRecord(IReadOnlyList<ScheduledBytes> Items) : IStateRecord
{
    public static ScheduleRecord Empty { get; } = new([]);

    /// <summary>The schedule with another item. Of two that begin at one second the later decision holds.</summary>
    public ScheduleRecord With(ScheduledBytes item) => new([.. Items.Where(other => other.From != item.From).Append(item).OrderBy(other => other.From)]);

    public byte[] Encode()
    {
        var writer = Canonical.NewWriter(16 + Items.Sum(item => item.Bytes.Length + 16));
        writer.WriteStartArray(Items.Count);
        foreach (var (from, bytes) in Items)
        {
            writer.WriteStartArray(2);
            writer.WriteInt64(from);
            writer.WriteByteString(bytes.Span);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        return writer.Encode();
    }

    public static ScheduleRecord Read(CborReader reader)
    {
        var items = new ScheduledBytes[Canonical.ReadArrayUpTo(reader, int.MaxValue)];
        for (var i = 0; i < items.Length; i++)
        {
            Canonical.ReadArray(reader, 2);
            items[i] = new ScheduledBytes(reader.ReadInt64(), reader.ReadByteString());
            reader.ReadEndArray();
        }

        reader.ReadEndArray();
        return new ScheduleRecord(items);
    }
}
