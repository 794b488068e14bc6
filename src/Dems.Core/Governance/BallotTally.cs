using System.Formats.Cbor;
using Dems.Core.Crypto;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Execution;

namespace Dems.Core.Governance;

/// <summary>A ballot was counted. With its rule and its sums the row says by itself why the decision is what it is; the votes are entries of the chain with rows of their own.</summary>
/// <param name="Ballot">Content id of the proposal.</param>
/// <param name="Kind">What it decides about.</param>
/// <param name="Rule">How it was counted.</param>
/// <param name="Count">What was counted.</param>
/// <param name="Decision">What <see cref="TallyRule.Decide"/> says of it.</param>
public sealed record BallotTally(ContentId Ballot, BallotKind Kind, TallyRule Rule, BallotCount Count, BallotDecision Decision) : ResultRow
{
    /// <summary>Longest encoding in bytes.</summary>
    public const int MaxBytes = 256;

    /// <summary>Canonical bytes: [tag, ballot, kind, [weights, members' quorum, quorum, threshold], electors, total, voters, yes, no, abstain, decision].</summary>
    private protected override void Write(CborWriter writer)
    {
        writer.WriteStartArray(11);
        writer.WriteTextString(Domains.BallotTally);
        Canonical.WriteHash(writer, Ballot.Value);
        writer.WriteInt32((int)Kind);
        BallotTerms.Write(writer, Rule);
        writer.WriteInt32(Count.Electors);
        writer.WriteInt64(Count.Total);
        writer.WriteInt32(Count.Voters);
        writer.WriteInt64(Count.Yes);
        writer.WriteInt64(Count.No);
        writer.WriteInt64(Count.Abstain);
        writer.WriteInt32((int)Decision);
        writer.WriteEndArray();
    }

    /// <summary>Decodes strictly; false with a reason otherwise, also if the decision is not what rule and count give.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> bytes, out BallotTally tally, out string error) =>
        Canonical.TryDecode(bytes, MaxBytes, "tally", Read, out tally, out error);

    private static BallotTally Read(CborReader reader)
    {
        Canonical.ReadArray(reader, 11);
        Canonical.ReadTag(reader, Domains.BallotTally);
        var ballot = new ContentId(Canonical.ReadHash(reader));
        var kind = (BallotKind)Canonical.ReadInteger(reader, (int)BallotKind.Rule, (int)BallotKind.Governance, "kind");
        var rule = BallotTerms.ReadRule(reader);
        var (electors, total, voters) = (reader.ReadInt32(), Canonical.ReadInteger(reader, 0, long.MaxValue, "total"), reader.ReadInt32());
        var yes = Canonical.ReadInteger(reader, 0, total, "yes");
        var no = Canonical.ReadInteger(reader, 0, total - yes, "no");
        var count = new BallotCount(electors, total, voters, yes, no, Canonical.ReadInteger(reader, 0, total - yes - no, "abstain"));
        var decision = (BallotDecision)Canonical.ReadInteger(reader, (int)BallotDecision.Accepted, (int)BallotDecision.RejectedThreshold, "decision");
        reader.ReadEndArray();
        return rule.Decide(count) == decision
            ? new BallotTally(ballot, kind, rule, count, decision)
            : throw new FormatException($"the count gives {rule.Decide(count)}, not {decision}");
    }
}
