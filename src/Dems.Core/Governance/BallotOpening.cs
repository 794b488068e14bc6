using System.Formats.Cbor;
using Dems.Core.Crypto;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Execution;

namespace Dems.Core.Governance;

/// <summary>A ballot opened: who votes is fixed from here on.</summary>
/// <param name="Ballot">Content id of the proposal.</param>
/// <param name="Kind">What it decides about.</param>
/// <param name="Electors">Electors with a weight above 0.</param>
/// <param name="Total">Their weights together.</param>
public sealed record BallotOpening(ContentId Ballot, BallotKind Kind, int Electors, long Total) : ResultRow
{
    /// <summary>Canonical bytes: [tag, ballot, kind, electors, total].</summary>
    private protected override void Write(CborWriter writer)
    {
        writer.WriteStartArray(5);
        writer.WriteTextString(Domains.BallotOpening);
        Canonical.WriteHash(writer, Ballot.Value);
        writer.WriteInt32((int)Kind);
        writer.WriteInt32(Electors);
        writer.WriteInt64(Total);
        writer.WriteEndArray();
    }
}
