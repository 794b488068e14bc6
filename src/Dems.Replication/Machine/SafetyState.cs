using System.Formats.Cbor;
using Dems.Core.Consensus;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Replication.Ports;
using Dems.Replication.Protocol;

namespace Dems.Replication.Machine;

/// <summary>
/// The content of the safety row: lock and valid value, every own message of the height (what is sent is read from here), and how far each peer
/// was seen to sign, which is what this member answers when a peer that lost its own row asks.
/// </summary>
/// <param name="Safety">What the consensus machine needs to go on.</param>
/// <param name="Own">Own votes and proposals of that height, in the order of their signing.</param>
/// <param name="Seen">Highest position seen per member (genesis index).</param>
public sealed record SafetyState(SafetySnapshot Safety, IReadOnlyList<PeerMessage> Own, IReadOnlyList<SafetyPosition> Seen)
{
    private const int MaxBytes = 4 * 1024 * 1024;
    private const int Version = 1;

    /// <summary>Most own messages of one height that the row holds; older ones are dropped first.</summary>
    public const int MaxOwnMessages = 64;

    /// <summary>Most votes that justify where the machine stands: a quorum for its valid value, one for its round.</summary>
    private const int MaxJustification = 2 * ValidatorSet.MaxValidators;

    /// <summary>Canonical bytes.</summary>
    public byte[] Encode()
    {
        var writer = Canonical.NewWriter(1024);
        writer.WriteStartArray(4);
        writer.WriteInt32(Version);
        WriteSnapshot(writer, Safety);
        writer.WriteStartArray(Own.Count);
        foreach (var message in Own)
        {
            PeerMessageCodec.Write(writer, message);
        }

        writer.WriteEndArray();
        writer.WriteStartArray(Seen.Count);
        foreach (var position in Seen)
        {
            PeerMessageCodec.WritePosition(writer, position);
        }

        writer.WriteEndArray();
        writer.WriteEndArray();
        return writer.Encode();
    }

    /// <summary>Decodes strictly; false with a reason otherwise. The empty string of a fresh row is the state before anything was signed.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> bytes, out SafetyState state, out string error)
    {
        if (bytes.IsEmpty)
        {
            state = new SafetyState(new SafetySnapshot(Height.Genesis, 0, RoundStep.Propose, -1, default, -1, ValidBlock: null), [], []);
            error = "";
            return true;
        }

        return Canonical.TryDecode(bytes, MaxBytes, "safety row", Read, out state, out error);
    }

    private static void WriteSnapshot(CborWriter writer, SafetySnapshot safety)
    {
        writer.WriteStartArray(8);
        writer.WriteInt64(safety.Height.Value);
        writer.WriteInt32(safety.Round);
        writer.WriteInt32((int)safety.Step);
        writer.WriteInt32(safety.LockedRound);
        Canonical.WriteHash(writer, safety.LockedBlock.Value);
        writer.WriteInt32(safety.ValidRound);
        if (safety.ValidBlock is { } block)
        {
            BlockCodec.Write(writer, block);
        }
        else
        {
            writer.WriteNull();
        }

        writer.WriteStartArray(safety.Justification.Count);
        foreach (var vote in safety.Justification)
        {
            VoteCodec.Write(writer, vote);
        }

        writer.WriteEndArray();
        writer.WriteEndArray();
    }

    private static SafetyState Read(CborReader reader)
    {
        Canonical.ReadArray(reader, 4);
        Canonical.ReadInteger(reader, Version, Version, "version");
        var safety = ReadSnapshot(reader);
        var own = new List<PeerMessage>();
        for (var left = Canonical.ReadArrayUpTo(reader, MaxOwnMessages); left > 0; left--)
        {
            own.Add(PeerMessageCodec.Read(reader));
        }

        reader.ReadEndArray();
        var seen = new List<SafetyPosition>();
        for (var left = Canonical.ReadArrayUpTo(reader, ValidatorSet.MaxValidators); left > 0; left--)
        {
            seen.Add(PeerMessageCodec.ReadPosition(reader));
        }

        reader.ReadEndArray();
        reader.ReadEndArray();
        return new SafetyState(safety, own, seen);
    }

    private static SafetySnapshot ReadSnapshot(CborReader reader)
    {
        Canonical.ReadArray(reader, 8);
        var height = new Height(Canonical.ReadInteger(reader, 0, 1L << 62, "height"));
        var round = (int)Canonical.ReadInteger(reader, 0, int.MaxValue, "round");
        var step = (RoundStep)Canonical.ReadInteger(reader, 1, 3, "step");
        var lockedRound = (int)Canonical.ReadInteger(reader, -1, int.MaxValue, "locked round");
        var lockedBlock = new BlockHash(Canonical.ReadHash(reader));
        var validRound = (int)Canonical.ReadInteger(reader, -1, int.MaxValue, "valid round");
        Block? validBlock = null;
        if (reader.PeekState() == CborReaderState.Null)
        {
            reader.ReadNull();
        }
        else
        {
            (validBlock, _) = BlockCodec.Read(reader);
        }

        var justification = new List<Vote>();
        for (var left = Canonical.ReadArrayUpTo(reader, MaxJustification); left > 0; left--)
        {
            justification.Add(VoteCodec.Read(reader));
        }

        reader.ReadEndArray();
        reader.ReadEndArray();
        return new SafetySnapshot(height, round, step, lockedRound, lockedBlock, validRound, validBlock) { Justification = justification };
    }
}
