using System.Formats.Cbor;
using Dems.Core.Crypto;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Execution;
using Dems.Core.Ledger.Merkle;
using Dems.Core.Ledger.Receipts;
using Dems.Core.Settlement.Encoding;
using Dems.Core.Settlement.Statements;

namespace Dems.Core.Settlement.OnChain;

/// <summary>
/// Canonical form of a statement's proof, as files and the API carry it: [tag, statement, as of, [hand-over, …], [header, certificate], [[key, value or null, proof], …],
/// [[seed, [row, …], [header, certificate]], …], inclusion proof or null]. What is hashed stands as a byte string of its own encoding.
/// </summary>
public static class StatementProofCodec
{
    /// <summary>Longest encoded proof in bytes: 512 MiB.</summary>
    public const int MaxBytes = 512 << 20;

    private const int MaxRows = 1 << 24;

    /// <summary>Canonical bytes.</summary>
    public static byte[] Encode(StatementProof proof)
    {
        var writer = Canonical.NewWriter(1 << 16);
        writer.WriteStartArray(8);
        writer.WriteTextString(Domains.StatementProof);
        writer.WriteByteString(StatementCodec.Encode(proof.Statement));
        writer.WriteInt64(proof.AsOf.Value);
        ReceiptFields.WriteHandOvers(writer, proof.HandOvers);
        ReceiptFields.WriteCertified(writer, proof.Head);
        WriteAll(writer, proof.State, item => ProvenStateCodec.Write(writer, item));
        WriteAll(writer, proof.Blocks, block => Write(writer, block));
        if (proof.Closing is { } closing)
        {
            writer.WriteByteString(closing.Encode());
        }
        else
        {
            writer.WriteNull();
        }

        writer.WriteEndArray();
        return writer.Encode();
    }

    /// <summary>Decodes strictly; false with a reason otherwise. Checks the statement's arithmetic, but no proof and no signature: <see cref="StatementProofRules"/> does.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> bytes, out StatementProof proof, out string error) =>
        Canonical.TryDecode(bytes, MaxBytes, "statement proof", Read, out proof, out error);

    private static void WriteAll<T>(CborWriter writer, IReadOnlyList<T> items, Action<T> write)
    {
        writer.WriteStartArray(items.Count);
        foreach (var item in items)
        {
            write(item);
        }

        writer.WriteEndArray();
    }

    private static void Write(CborWriter writer, ProvenResults block)
    {
        writer.WriteStartArray(3);
        Canonical.WriteHash(writer, block.Results.Seed);
        WriteAll(writer, block.Results.Rows, row => writer.WriteByteString(row.Span));
        ReceiptFields.WriteCertified(writer, block.Next);
        writer.WriteEndArray();
    }

    private static StatementProof Read(CborReader reader)
    {
        Canonical.ReadArray(reader, 8);
        Canonical.ReadTag(reader, Domains.StatementProof);
        var statement = ReceiptFields.Decoded<Statement>(reader, StatementCodec.MaxBytes, StatementCodec.TryDecode);
        var asOf = new Height(Canonical.ReadInteger(reader, 0, long.MaxValue - 1, "height"));
        var field = "";
        var proof = new StatementProof
        {
            Statement = statement,
            AsOf = asOf,
            HandOvers = ReceiptFields.ReadHandOvers(reader, ref field),
            Head = ReceiptFields.ReadCertified(reader),
            State = ReadAll(reader, StatementProof.MaxKeys, ProvenStateCodec.Read),
            Blocks = ReadAll(reader, StatementProof.MaxBlocks, ReadBlock),
            Closing = ReadClosing(reader),
        };
        reader.ReadEndArray();
        return proof;
    }

    private static T[] ReadAll<T>(CborReader reader, int max, Func<CborReader, T> read)
    {
        var count = Canonical.ReadArrayUpTo(reader, max);
        var items = new List<T>();
        for (var i = 0; i < count; i++)
        {
            items.Add(read(reader));
        }

        reader.ReadEndArray();
        return [.. items];
    }

    private static ProvenResults ReadBlock(CborReader reader)
    {
        Canonical.ReadArray(reader, 3);
        var results = new BlockResults(Canonical.ReadHash(reader), ReadAll(reader, MaxRows, rows => Canonical.ReadBytesUpTo(rows, MaxBytes, "a row")));
        var block = new ProvenResults(results, ReceiptFields.ReadCertified(reader));
        reader.ReadEndArray();
        return block;
    }

    private static InclusionProof? ReadClosing(CborReader reader)
    {
        if (reader.PeekState() == CborReaderState.Null)
        {
            reader.ReadNull();
            return null;
        }

        return ReceiptFields.Decoded<InclusionProof>(reader, InclusionProof.MaxBytes, InclusionProof.TryDecode);
    }
}
