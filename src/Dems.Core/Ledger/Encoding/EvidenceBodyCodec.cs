using System.Formats.Cbor;
using Dems.Core.Consensus;
using Dems.Core.Crypto;
using Dems.Core.Ledger.Entries;

namespace Dems.Core.Ledger.Encoding;

/// <summary>The body of an evidence report: [7, offender, height, round, evidence kind, validator, first, second], a statement being [block or null, valid round, signature].</summary>
internal static class EvidenceBodyCodec
{
    public static void Write(CborWriter writer, EvidenceReport report)
    {
        BodyCodec.Start(writer, report, 8);
        writer.WriteByteString(report.Offender.Bytes);
        writer.WriteInt64(report.Evidence.Height.Value);
        writer.WriteInt32(report.Evidence.Round);
        writer.WriteInt32((int)report.Evidence.Kind);
        writer.WriteInt32(report.Evidence.Validator);
        WriteStatement(writer, report.Evidence.First);
        WriteStatement(writer, report.Evidence.Second);
    }

    public static EvidenceReport Read(EntryReader reader, ChainId chain)
    {
        var offender = reader.Key("offender");
        var evidence = new Evidence(
            chain,
            new Height(reader.Integer("height", 1, 1L << 62)),
            (int)reader.Integer("round", 0, int.MaxValue),
            reader.Choice<EvidenceKind>("evidence kind"),
            (int)reader.Integer("validator", 0, ValidatorSet.MaxValidators - 1),
            ReadStatement(reader, "first"),
            ReadStatement(reader, "second"));
        return new EvidenceReport(offender, evidence);
    }

    private static void WriteStatement(CborWriter writer, EvidenceStatement statement)
    {
        writer.WriteStartArray(3);
        if (statement.Block.Value.IsZero)
        {
            writer.WriteNull();
        }
        else
        {
            Canonical.WriteHash(writer, statement.Block.Value);
        }

        writer.WriteInt32(statement.ValidRound);
        writer.WriteByteString(statement.Signature.Span);
        writer.WriteEndArray();
    }

    private static EvidenceStatement ReadStatement(EntryReader reader, string name)
    {
        reader.Array(name, 3);
        var isNil = reader.Null(name);
        var block = isNil ? default : new BlockHash(reader.Hash(name));
        if (!isNil && block.Value.IsZero)
        {
            throw reader.Refuse("a block hash is not zero");
        }

        var statement = new EvidenceStatement(block, (int)reader.Integer(name, -1, int.MaxValue), reader.Bytes(name, Es256.SignatureSize));
        reader.EndArray();
        return statement;
    }
}
