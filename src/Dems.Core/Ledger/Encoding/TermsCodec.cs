using System.Formats.Cbor;
using Dems.Core.Allocation.Encoding;

namespace Dems.Core.Ledger.Encoding;

/// <summary>Canonical form of a pool's terms: [interval, grace, max grace, window, policy].</summary>
internal static class TermsCodec
{
    /// <summary>Writes the array.</summary>
    public static void Write(CborWriter writer, PoolTerms terms)
    {
        writer.WriteStartArray(5);
        writer.WriteInt32(terms.Interval);
        writer.WriteInt64(terms.Grace);
        writer.WriteInt64(terms.MaxGrace);
        writer.WriteInt64(terms.Window);
        writer.WriteByteString(PolicyCodec.Encode(terms.Policy));
        writer.WriteEndArray();
    }

    /// <summary>Reads the array; bounds are checked by <see cref="PoolTerms.Refusal"/>.</summary>
    public static PoolTerms Read(CborReader reader)
    {
        Canonical.ReadArray(reader, 5);
        var (interval, grace, maxGrace, window) = (reader.ReadInt32(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
        var terms = PolicyCodec.TryDecode(reader.ReadDefiniteLengthByteString(), out var policy, out var error)
            ? new PoolTerms(interval, grace, maxGrace, window, policy)
            : throw new FormatException(error);
        reader.ReadEndArray();
        return terms;
    }
}
