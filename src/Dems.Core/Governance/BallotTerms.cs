using System.Formats.Cbor;
using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Entries;
using Dems.Core.Ledger.Execution;

namespace Dems.Core.Governance;

/// <summary>
/// What a ballot is about and how it is counted, fixed by the block that holds its proposal: [number, kind, payload, text, proposer, proposed at, opens at, deadline, effective from,
/// [weights, members' quorum, quorum, threshold]].
/// </summary>
/// <param name="Number">Its place in the order of proposals, from 0.</param>
/// <param name="Kind">What it decides about.</param>
/// <param name="Payload">Canonical bytes of what is proposed (<see cref="Encoding.BallotPayloadCodec"/>).</param>
/// <param name="Text">What the electors read.</param>
/// <param name="Proposer">Address of the key line that signed the proposal.</param>
/// <param name="ProposedAt">Time of the block that holds the proposal.</param>
/// <param name="OpensAt">Block time from which on votes count.</param>
/// <param name="Deadline">Block time from which on they no longer do.</param>
/// <param name="EffectiveFrom">Block time of the effect, not before the deadline.</param>
/// <param name="Rule">How it is counted.</param>
public sealed record BallotTerms(
    long Number,
    BallotKind Kind,
    ReadOnlyMemory<byte> Payload,
    string Text,
    NodeAddress Proposer,
    BlockTime ProposedAt,
    BlockTime OpensAt,
    BlockTime Deadline,
    BlockTime EffectiveFrom,
    TallyRule Rule) : IStateRecord
{
    byte[] IStateRecord.Encode()
    {
        var writer = Canonical.NewWriter(Payload.Length + 512);
        writer.WriteStartArray(10);
        writer.WriteInt64(Number);
        writer.WriteInt32((int)Kind);
        writer.WriteByteString(Payload.Span);
        writer.WriteTextString(Text);
        writer.WriteByteString(Proposer.ToArray());
        writer.WriteInt64(ProposedAt.UnixMilliseconds);
        writer.WriteInt64(OpensAt.UnixMilliseconds);
        writer.WriteInt64(Deadline.UnixMilliseconds);
        writer.WriteInt64(EffectiveFrom.UnixMilliseconds);
        Write(writer, Rule);
        writer.WriteEndArray();
        return writer.Encode();
    }

    internal static BallotTerms Read(CborReader reader)
    {
        Canonical.ReadArray(reader, 10);
        var terms = new BallotTerms(
            reader.ReadInt64(),
            (BallotKind)reader.ReadInt32(),
            reader.ReadByteString(),
            Canonical.ReadText(reader, BallotProposal.MaxTextLength, "text"),
            new NodeAddress(Canonical.ReadBytes(reader, NodeAddress.Size, "proposer").Span),
            new BlockTime(reader.ReadInt64()),
            new BlockTime(reader.ReadInt64()),
            new BlockTime(reader.ReadInt64()),
            new BlockTime(reader.ReadInt64()),
            ReadRule(reader));
        reader.ReadEndArray();
        return terms;
    }

    internal static void Write(CborWriter writer, TallyRule rule)
    {
        writer.WriteStartArray(4);
        writer.WriteInt32((int)rule.Weights);
        writer.WriteBoolean(rule.MemberQuorum);
        writer.WriteInt32(rule.QuorumPpm);
        writer.WriteInt32(rule.ThresholdPpm);
        writer.WriteEndArray();
    }

    internal static TallyRule ReadRule(CborReader reader)
    {
        Canonical.ReadArray(reader, 4);
        var rule = new TallyRule((WeightMode)reader.ReadInt32(), reader.ReadBoolean(), reader.ReadInt32(), reader.ReadInt32());
        reader.ReadEndArray();
        return rule;
    }
}
