using System.Formats.Cbor;
using Dems.Core.Energy;
using Dems.Core.Ledger.Entries;

namespace Dems.Core.Ledger.Encoding;

/// <summary>The body of a message between nodes: [10, type, from, to, in reply to or null, terms or null, text or null], terms being [carrier, quantity, price, start, end].</summary>
internal static class MessageCodec
{
    public const int Places = 7;

    public static void Write(CborWriter writer, NodeMessage message)
    {
        BodyCodec.Start(writer, message, Places);
        writer.WriteInt32((int)message.Type);
        writer.WriteByteString(message.From.ToArray());
        writer.WriteByteString(message.To.ToArray());
        if (message.InReplyTo is { } reply)
        {
            Canonical.WriteHash(writer, reply.Value);
        }
        else
        {
            writer.WriteNull();
        }

        WriteTerms(writer, message.Terms);
        if (message.Text is { } text)
        {
            writer.WriteTextString(text);
        }
        else
        {
            writer.WriteNull();
        }
    }

    public static NodeMessage Read(EntryReader reader)
    {
        var message = new NodeMessage(
            reader.Choice<MessageType>("type"),
            reader.Address("from"),
            reader.Address("to"),
            reader.Null("in reply to") ? null : new ContentId(reader.Hash("in reply to")),
            reader.Null("terms") ? null : ReadTerms(reader),
            reader.Null("text") ? null : reader.Text("text", EntryText.MessageText));
        return message.Refusal() is { } refusal ? throw reader.Refuse(refusal) : message;
    }

    private static void WriteTerms(CborWriter writer, MessageTerms? terms)
    {
        if (terms is null)
        {
            writer.WriteNull();
            return;
        }

        writer.WriteStartArray(5);
        writer.WriteInt32((int)terms.Carrier);
        writer.WriteInt64(terms.Quantity);
        writer.WriteInt64(terms.Price);
        writer.WriteInt64(terms.Start);
        writer.WriteInt64(terms.End);
        writer.WriteEndArray();
    }

    private static MessageTerms ReadTerms(EntryReader reader)
    {
        reader.Array("terms", 5);
        var terms = new MessageTerms(
            reader.Choice<Carrier>("carrier"),
            reader.Integer("quantity", 1, Reading.MaxQuantity),
            reader.Integer("price", 0, MessageTerms.MaxPrice),
            reader.Integer("start", 0, Reading.MaxStart),
            reader.Integer("end", 0, Reading.MaxStart));
        reader.EndArray();
        return terms.End > terms.Start ? terms : throw reader.Refuse("must be after the start");
    }
}
