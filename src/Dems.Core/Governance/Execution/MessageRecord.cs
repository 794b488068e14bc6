using System.Formats.Cbor;
using Dems.Core.Energy;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Entries;
using Dems.Core.Ledger.Execution;

namespace Dems.Core.Governance.Execution;

/// <summary>A message that another can refer to: [type, from, to, start or 0, answer or 0].</summary>
/// <param name="Type">What it says.</param>
/// <param name="From">The sending node.</param>
/// <param name="To">The other node.</param>
/// <param name="Start">First second of what is offered or requested; 0 for other messages.</param>
/// <param name="Answer">Accept or reject, once it was answered.</param>
internal sealed record MessageRecord(MessageType Type, NodeAddress From, NodeAddress To, long Start, MessageType? Answer) : IStateRecord
{
    public byte[] Encode()
    {
        var writer = Canonical.NewWriter(64);
        writer.WriteStartArray(5);
        writer.WriteInt32((int)Type);
        writer.WriteByteString(From.ToArray());
        writer.WriteByteString(To.ToArray());
        writer.WriteInt64(Start);
        writer.WriteInt32((int)(Answer ?? default));
        writer.WriteEndArray();
        return writer.Encode();
    }

    public static MessageRecord Read(CborReader reader)
    {
        Canonical.ReadArray(reader, 5);
        var type = (MessageType)reader.ReadInt32();
        var from = new NodeAddress(Canonical.ReadBytes(reader, NodeAddress.Size, "from").Span);
        var to = new NodeAddress(Canonical.ReadBytes(reader, NodeAddress.Size, "to").Span);
        var start = reader.ReadInt64();
        var answer = reader.ReadInt32();
        reader.ReadEndArray();
        return new MessageRecord(type, from, to, start, answer == 0 ? null : (MessageType)answer);
    }
}
