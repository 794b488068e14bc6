using System.Formats.Cbor;
using Dems.Core.Crypto;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Entries;
using Dems.Core.Ledger.Execution;
using Dems.Core.Ledger.Merkle;

namespace Dems.Core.Ledger.Receipts;

/// <summary>
/// Canonical form of a receipt, as files and the API carry it: [tag, [[header, certificate, [key, …]], …], [header, certificate], [header, certificate], row,
/// result proof, COSE receipt, [member key, signature], subject]. What is hashed or signed stands as a byte string of its own encoding.
/// </summary>
public static class ReceiptCodec
{
    /// <summary>Longest encoded receipt in bytes.</summary>
    public const int MaxBytes = 2 * 1024 * 1024;

    private const int EntryForm = 1;
    private const int ReadingsForm = 2;

    /// <summary>Canonical bytes.</summary>
    public static byte[] Encode(Receipt receipt)
    {
        var writer = Canonical.NewWriter(4_096);
        writer.WriteStartArray(9);
        writer.WriteTextString(Domains.Receipt);
        ReceiptFields.WriteHandOvers(writer, receipt.HandOvers);
        ReceiptFields.WriteCertified(writer, receipt.Block);
        ReceiptFields.WriteCertified(writer, receipt.Next);
        writer.WriteByteString(receipt.Result.Encode());
        writer.WriteByteString(receipt.ResultProof.Encode());
        writer.WriteByteString(receipt.Statement.Encode());
        writer.WriteStartArray(2);
        writer.WriteByteString(receipt.Issuer.Member.Bytes);
        ConsensusFields.WriteSignature(writer, receipt.Issuer.Signature);
        writer.WriteEndArray();
        WriteSubject(writer, receipt.Subject);
        writer.WriteEndArray();
        return writer.Encode();
    }

    /// <summary>Decodes strictly; false with the field and a reason otherwise. Checks no proof and no signature: <see cref="ReceiptRules"/> does.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> bytes, out Receipt receipt, out ReceiptError error)
    {
        var field = "receipt";
        var decoded = Canonical.TryDecode(bytes, MaxBytes, "encoding", reader => Read(reader, ref field), out receipt, out var reason);
        error = decoded ? default : new ReceiptError(field, reason);
        return decoded;
    }

    private static Receipt Read(CborReader reader, ref string field)
    {
        Canonical.ReadArray(reader, 9);
        Canonical.ReadTag(reader, Domains.Receipt);
        var handOvers = ReceiptFields.ReadHandOvers(reader, ref field);
        field = "block";
        var block = ReceiptFields.ReadCertified(reader);
        field = "next";
        var next = ReceiptFields.ReadCertified(reader);
        field = "result";
        var row = ReceiptFields.Decoded<EntryResult>(reader, EntryResult.MaxBytes, EntryResult.TryDecode);
        field = "resultProof";
        var proof = ReceiptFields.Decoded<ResultProof>(reader, Merkle.ResultProof.MaxBytes, Merkle.ResultProof.TryDecode);
        field = "statement";
        var statement = ReceiptFields.Decoded<InclusionStatement>(reader, InclusionStatement.MaxBytes, InclusionStatement.TryDecode);
        field = "issuer";
        Canonical.ReadArray(reader, 2);
        var issuer = new ReceiptIssuer(ReceiptFields.ReadKey(reader), ConsensusFields.ReadSignature(reader));
        reader.ReadEndArray();
        field = "subject";
        var subject = ReadSubject(reader);
        field = "receipt";
        reader.ReadEndArray();
        return new Receipt
        {
            HandOvers = handOvers,
            Block = block,
            Next = next,
            Result = row,
            ResultProof = proof,
            Statement = statement,
            Issuer = issuer,
            Subject = subject,
        };
    }

    private static void WriteSubject(CborWriter writer, ReceiptSubject subject)
    {
        writer.WriteStartArray(2);
        switch (subject)
        {
            case ReceiptSubject.Entry entry:
                writer.WriteInt32(EntryForm);
                writer.WriteByteString(entry.Bytes.Span);
                break;
            case ReceiptSubject.Readings readings:
                writer.WriteInt32(ReadingsForm);
                writer.WriteStartArray(readings.Proofs.Count);
                foreach (var proof in readings.Proofs)
                {
                    writer.WriteByteString(proof.Encode());
                }

                writer.WriteEndArray();
                break;
        }

        writer.WriteEndArray();
    }

    private static ReceiptSubject ReadSubject(CborReader reader)
    {
        Canonical.ReadArray(reader, 2);
        var form = Canonical.ReadInteger(reader, EntryForm, ReadingsForm, "the form");
        ReceiptSubject subject;
        if (form == EntryForm)
        {
            subject = new ReceiptSubject.Entry(Canonical.ReadBytesUpTo(reader, EntryEnvelope.MaxBytes, "an entry").ToArray());
        }
        else
        {
            var proofs = new ReadingProof[Canonical.ReadArrayUpTo(reader, ReadingBatch.MaxReadings)];
            for (var i = 0; i < proofs.Length; i++)
            {
                proofs[i] = ReceiptFields.Decoded<ReadingProof>(reader, ReadingProof.MaxBytes, ReadingProof.TryDecode);
            }

            reader.ReadEndArray();
            subject = new ReceiptSubject.Readings(proofs);
        }

        reader.ReadEndArray();
        return subject;
    }
}
