using System.Formats.Cbor;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Execution;

namespace Dems.Core.Governance;

/// <summary>How far a ballot has come: [phase, electors, total, voters, yes, no, abstain, decision or 0, effect or 0].</summary>
/// <param name="Phase">Where it stands.</param>
/// <param name="Count">The weights so far; final from the tally on.</param>
/// <param name="Decision">What the tally said; null before.</param>
/// <param name="Effect">What became of the effect; null before, and if there was none.</param>
public sealed record BallotStanding(BallotPhase Phase, BallotCount Count, BallotDecision? Decision, EntryOutcome? Effect) : IStateRecord
{
    /// <summary>Just proposed.</summary>
    public static BallotStanding Proposed { get; } = new(BallotPhase.Notice, BallotCount.None, Decision: null, Effect: null);

    byte[] IStateRecord.Encode()
    {
        var writer = Canonical.NewWriter(80);
        writer.WriteStartArray(9);
        writer.WriteInt32((int)Phase);
        writer.WriteInt32(Count.Electors);
        writer.WriteInt64(Count.Total);
        writer.WriteInt32(Count.Voters);
        writer.WriteInt64(Count.Yes);
        writer.WriteInt64(Count.No);
        writer.WriteInt64(Count.Abstain);
        writer.WriteInt32((int)(Decision ?? default));
        writer.WriteInt32((int)(Effect ?? default));
        writer.WriteEndArray();
        return writer.Encode();
    }

    internal static BallotStanding Read(CborReader reader)
    {
        Canonical.ReadArray(reader, 9);
        var phase = (BallotPhase)reader.ReadInt32();
        var (electors, total) = (reader.ReadInt32(), reader.ReadInt64());
        var count = new BallotCount(electors, total, reader.ReadInt32(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
        var (decision, effect) = (reader.ReadInt32(), reader.ReadInt32());
        reader.ReadEndArray();
        return new BallotStanding(phase, count, decision == 0 ? null : (BallotDecision)decision, effect == 0 ? null : (EntryOutcome)effect);
    }
}
