using System.Formats.Cbor;
using Dems.Core.Consensus;
using Dems.Core.Crypto;
using Dems.Core.Ledger.Encoding;

namespace Dems.Core.Ledger.Receipts;

/// <summary>
/// Parts that receipts of entries and proofs of rows share: hand-over [header, certificate, [key, …]], certified header [header, certificate]. What is hashed or signed stands as
/// a byte string of its own encoding.
/// </summary>
internal static class ReceiptFields
{
    public delegate bool Decoder<T>(ReadOnlyMemory<byte> bytes, out T value, out string error);

    public static void WriteHandOvers(CborWriter writer, IReadOnlyList<HandOver> handOvers)
    {
        writer.WriteStartArray(handOvers.Count);
        foreach (var handOver in handOvers)
        {
            WriteHandOver(writer, handOver);
        }

        writer.WriteEndArray();
    }

    public static HandOver[] ReadHandOvers(CborReader reader, ref string field)
    {
        field = "handOvers";
        var handOvers = new HandOver[Canonical.ReadArrayUpTo(reader, Receipt.MaxHandOvers)];
        for (var i = 0; i < handOvers.Length; i++)
        {
            field = $"handOvers[{i}]";
            handOvers[i] = ReadHandOver(reader);
        }

        reader.ReadEndArray();
        return handOvers;
    }

    private static void WriteHandOver(CborWriter writer, HandOver handOver)
    {
        writer.WriteStartArray(3);
        writer.WriteByteString(HeaderCodec.Encode(handOver.Block.Header));
        CertificateCodec.Write(writer, handOver.Block.Certificate);
        writer.WriteStartArray(handOver.Next.Count);
        foreach (var key in handOver.Next.Keys)
        {
            writer.WriteByteString(key.Bytes);
        }

        writer.WriteEndArray();
        writer.WriteEndArray();
    }

    private static HandOver ReadHandOver(CborReader reader)
    {
        Canonical.ReadArray(reader, 3);
        var header = Decoded<BlockHeader>(reader, HeaderCodec.MaxBytes, HeaderCodec.TryDecode);
        var certificate = CertificateCodec.Read(reader);
        var keys = new PublicKey[Canonical.ReadArrayUpTo(reader, ValidatorSet.MaxValidators)];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = ReadKey(reader);
        }

        reader.ReadEndArray();
        reader.ReadEndArray();
        return new HandOver(new CertifiedHeader(header, certificate), new ValidatorSet(keys));
    }

    public static void WriteCertified(CborWriter writer, CertifiedHeader certified)
    {
        writer.WriteStartArray(2);
        writer.WriteByteString(HeaderCodec.Encode(certified.Header));
        CertificateCodec.Write(writer, certified.Certificate);
        writer.WriteEndArray();
    }

    public static CertifiedHeader ReadCertified(CborReader reader)
    {
        Canonical.ReadArray(reader, 2);
        var header = Decoded<BlockHeader>(reader, HeaderCodec.MaxBytes, HeaderCodec.TryDecode);
        var certificate = CertificateCodec.Read(reader);
        reader.ReadEndArray();
        return new CertifiedHeader(header, certificate);
    }

    public static T Decoded<T>(CborReader reader, int maxBytes, Decoder<T> decode) =>
        decode(Canonical.ReadBytesUpTo(reader, maxBytes, "a part"), out var value, out var error) ? value : throw new FormatException(error);

    public static PublicKey ReadKey(CborReader reader) => new(Canonical.ReadBytes(reader, PublicKey.Size, "a key").Span);
}
