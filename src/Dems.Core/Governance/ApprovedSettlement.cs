using System.Formats.Cbor;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Execution;

namespace Dems.Core.Governance;

/// <summary>The statements that a ballot approved for a period: [hash, ballot].</summary>
/// <param name="Statements">Hash of the statements.</param>
/// <param name="Ballot">The ballot.</param>
public sealed record ApprovedSettlement(Hash32 Statements, ContentId Ballot) : IStateRecord
{
    byte[] IStateRecord.Encode()
    {
        var writer = Canonical.NewWriter(80);
        writer.WriteStartArray(2);
        Canonical.WriteHash(writer, Statements);
        Canonical.WriteHash(writer, Ballot.Value);
        writer.WriteEndArray();
        return writer.Encode();
    }

    internal static ApprovedSettlement Read(CborReader reader)
    {
        Canonical.ReadArray(reader, 2);
        var record = new ApprovedSettlement(Canonical.ReadHash(reader), new ContentId(Canonical.ReadHash(reader)));
        reader.ReadEndArray();
        return record;
    }
}
