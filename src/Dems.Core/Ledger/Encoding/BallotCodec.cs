using System.Formats.Cbor;
using Dems.Core.Energy;
using Dems.Core.Governance;
using Dems.Core.Governance.Encoding;
using Dems.Core.Governance.Payloads;
using Dems.Core.Ledger.Entries;

namespace Dems.Core.Ledger.Encoding;

/// <summary>
/// The bodies of ballots: a proposal is [8, ballot kind, payload, text, notice, deadline, effective from], the payload being a byte string with its own canonical bytes
/// (<see cref="BallotPayloadCodec"/>); a vote is [9, ballot, choice].
/// </summary>
internal static class BallotCodec
{
    public const int ProposalPlaces = 7;
    public const int VotePlaces = 3;

    public static void Write(CborWriter writer, BallotProposal proposal)
    {
        BodyCodec.Start(writer, proposal, ProposalPlaces);
        writer.WriteInt32((int)proposal.Payload.Kind);
        writer.WriteByteString(BallotPayloadCodec.Encode(proposal.Payload));
        writer.WriteTextString(proposal.Text);
        writer.WriteInt32(proposal.Notice);
        writer.WriteInt64(proposal.Deadline);
        writer.WriteInt64(proposal.EffectiveFrom);
    }

    public static BallotProposal ReadProposal(EntryReader reader)
    {
        var kind = reader.Choice<BallotKind>("ballot kind");
        var bytes = reader.BytesUpTo("payload", BallotPayload.MaxBytes);
        var payload = BallotPayloadCodec.TryDecode(kind, bytes, out var decoded, out var error) ? decoded : throw reader.Refuse(error);
        var proposal = new BallotProposal(
            payload,
            reader.Text("text", EntryText.BallotText),
            (int)reader.Integer("notice", 0, GovernanceRules.MaxNoticeSeconds),
            reader.Integer("deadline", 1, Reading.MaxStart),
            reader.Integer("effective from", 1, Reading.MaxStart));
        return BallotTimes.Refusal(kind, proposal.Deadline, proposal.EffectiveFrom) is { } refusal ? throw reader.Refuse(refusal) : proposal;
    }

    public static void Write(CborWriter writer, BallotVote vote)
    {
        BodyCodec.Start(writer, vote, VotePlaces);
        Canonical.WriteHash(writer, vote.Ballot.Value);
        writer.WriteInt32((int)vote.Choice);
    }

    public static BallotVote ReadVote(EntryReader reader) => new(new ContentId(reader.Hash("ballot")), reader.Choice<BallotChoice>("choice"));
}
