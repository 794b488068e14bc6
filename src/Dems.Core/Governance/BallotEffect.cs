using System.Formats.Cbor;
using Dems.Core.Crypto;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Execution;

namespace Dems.Core.Governance;

/// <summary>The effect of an accepted ballot came due.</summary>
/// <param name="Ballot">Content id of the proposal.</param>
/// <param name="Kind">What it decided about.</param>
/// <param name="Outcome">Applied, or why the state no longer allowed it.</param>
public sealed record BallotEffect(ContentId Ballot, BallotKind Kind, EntryOutcome Outcome) : ResultRow
{
    /// <summary>Canonical bytes: [tag, ballot, kind, outcome].</summary>
    private protected override void Write(CborWriter writer)
    {
        writer.WriteStartArray(4);
        writer.WriteTextString(Domains.BallotEffect);
        Canonical.WriteHash(writer, Ballot.Value);
        writer.WriteInt32((int)Kind);
        writer.WriteInt32((int)Outcome);
        writer.WriteEndArray();
    }
}
