using Dems.Core.Governance;

namespace Dems.Core.Ledger.Entries;

/// <summary>One elector's vote. Signed by the party's key, or by the member's where members vote. It cannot be changed.</summary>
/// <param name="Ballot">Content id of the proposal.</param>
/// <param name="Choice">How the elector votes.</param>
public sealed record BallotVote(ContentId Ballot, BallotChoice Choice) : EntryBody
{
    /// <inheritdoc/>
    public override EntryKind Kind => EntryKind.BallotVote;
}
