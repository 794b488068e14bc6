using System.Formats.Cbor;
using Dems.Core.Crypto;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Merkle;

namespace Dems.Core.Ledger.Receipts;

/// <summary>
/// A row of a block's results with everything that shows, to whoever holds the genesis document and nothing else, that it stands there: the certified next header, whose results
/// root holds the row. What a receipt is for entries this is for what became due by block time: tallies, effects, allocations. Checked by <see cref="CertifiedRowRules"/>.
/// </summary>
/// <param name="HandOvers">Changes of validators since genesis, ascending by height, at most <see cref="Receipt.MaxHandOvers"/>.</param>
/// <param name="Next">The block after the one whose execution gave the row.</param>
/// <param name="Row">The row's canonical bytes, at most <see cref="MaxRowBytes"/>.</param>
/// <param name="Proof">Shows the row among the results.</param>
public sealed record CertifiedRow(IReadOnlyList<HandOver> HandOvers, CertifiedHeader Next, ReadOnlyMemory<byte> Row, ResultProof Proof)
{
    /// <summary>Longest row in bytes.</summary>
    public const int MaxRowBytes = 4_096;

    /// <summary>The block whose execution gave the row.</summary>
    public Height Height => Next.Header.Height.Previous;

    /// <summary>Canonical bytes, at most as many as a receipt has: [tag, [hand-over, …], certified header, row, result proof].</summary>
    public byte[] Encode()
    {
        var writer = Canonical.NewWriter(4_096);
        writer.WriteStartArray(5);
        writer.WriteTextString(Domains.CertifiedRow);
        ReceiptFields.WriteHandOvers(writer, HandOvers);
        ReceiptFields.WriteCertified(writer, Next);
        writer.WriteByteString(Row.Span);
        writer.WriteByteString(Proof.Encode());
        writer.WriteEndArray();
        return writer.Encode();
    }

    /// <summary>Decodes strictly; false with the field and a reason otherwise. Checks no proof and no signature.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> bytes, out CertifiedRow row, out ReceiptError error)
    {
        var field = "row";
        var decoded = Canonical.TryDecode(bytes, ReceiptCodec.MaxBytes, "encoding", reader => Read(reader, ref field), out row, out var reason);
        error = decoded ? default : new ReceiptError(field, reason);
        return decoded;
    }

    private static CertifiedRow Read(CborReader reader, ref string field)
    {
        Canonical.ReadArray(reader, 5);
        Canonical.ReadTag(reader, Domains.CertifiedRow);
        var handOvers = ReceiptFields.ReadHandOvers(reader, ref field);
        field = "next";
        var next = ReceiptFields.ReadCertified(reader);
        if (next.Header.Height <= Height.Genesis.Next)
        {
            throw new FormatException("no block comes before it whose results it could certify");
        }

        field = "row";
        var row = Canonical.ReadBytesUpTo(reader, MaxRowBytes, "a row").ToArray();
        field = "proof";
        var proof = ReceiptFields.Decoded<ResultProof>(reader, ResultProof.MaxBytes, ResultProof.TryDecode);
        reader.ReadEndArray();
        return new CertifiedRow(handOvers, next, row, proof);
    }
}
