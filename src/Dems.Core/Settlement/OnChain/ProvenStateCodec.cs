using System.Formats.Cbor;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Merkle;
using Dems.Core.Ledger.Receipts;

namespace Dems.Core.Settlement.OnChain;

/// <summary>Canonical form of proven keys of a state: [[key, value or null, proof], …].</summary>
public static class ProvenStateCodec
{
    /// <summary>Canonical bytes.</summary>
    public static byte[] Encode(IReadOnlyList<ProvenState> state)
    {
        var writer = Canonical.NewWriter(1 << 12);
        writer.WriteStartArray(state.Count);
        foreach (var item in state)
        {
            Write(writer, item);
        }

        writer.WriteEndArray();
        return writer.Encode();
    }

    /// <summary>Decodes strictly; false with a reason otherwise. Checks no proof.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> bytes, out IReadOnlyList<ProvenState> state, out string error) =>
        Canonical.TryDecode(bytes, StatementProofCodec.MaxBytes, "state", ReadAll, out state, out error);

    internal static void Write(CborWriter writer, ProvenState item)
    {
        writer.WriteStartArray(3);
        Canonical.WriteHash(writer, item.Key);
        if (item.Value is { } value)
        {
            writer.WriteByteString(value.Span);
        }
        else
        {
            writer.WriteNull();
        }

        writer.WriteByteString(item.Proof.Encode());
        writer.WriteEndArray();
    }

    internal static ProvenState Read(CborReader reader)
    {
        Canonical.ReadArray(reader, 3);
        var key = Canonical.ReadHash(reader);
        ReadOnlyMemory<byte>? value = null;
        if (reader.PeekState() == CborReaderState.Null)
        {
            reader.ReadNull();
        }
        else
        {
            value = Canonical.ReadBytesUpTo(reader, ProvenState.MaxValue, "a value");
        }

        var item = new ProvenState(key, value, ReceiptFields.Decoded<StateProof>(reader, StateProof.MaxBytes, StateProof.TryDecode));
        reader.ReadEndArray();
        return item;
    }

    private static IReadOnlyList<ProvenState> ReadAll(CborReader reader)
    {
        var items = new List<ProvenState>();
        for (var left = Canonical.ReadArrayUpTo(reader, StatementProof.MaxKeys); left > 0; left--)
        {
            items.Add(Read(reader));
        }

        reader.ReadEndArray();
        return items;
    }
}
