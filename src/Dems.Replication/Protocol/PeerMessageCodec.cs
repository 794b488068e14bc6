using System.Formats.Cbor;
using Dems.Core.Consensus;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Replication.Ports;

namespace Dems.Replication.Protocol;

/// <summary>Canonical CBOR of peer messages: arrays that start with the message's number. Every list is bounded before it is read.</summary>
internal static class PeerMessageCodec
{
    /// <summary>Most messages in one frame.</summary>
    public const int MaxMessages = 4_096;

    private enum Kind
    {
        Vote = 1,
        Proposal = 2,
        EntriesSent = 3,
        Promise = 4,
        BodiesWanted = 5,
        Standing = 6,
        BlocksWanted = 7,
        BlockDecided = 8,
        VotesWanted = 9,
        VotesReported = 10,
        SnapshotWanted = 11,
        SnapshotOffered = 12,
        ChunkWanted = 13,
        ChunkSent = 14,
    }

    public static void Write(CborWriter writer, PeerMessage message)
    {
        switch (message)
        {
            case PeerMessage.VoteCast m:
                Start(writer, Kind.Vote, 1);
                VoteCodec.Write(writer, m.Vote);
                break;
            case PeerMessage.BlockProposed m:
                Start(writer, Kind.Proposal, 1);
                ProposalCodec.Write(writer, m.Proposal);
                break;
            case PeerMessage.EntriesSent m:
                Start(writer, Kind.EntriesSent, 2);
                writer.WriteBoolean(m.WantPromise);
                WriteBodies(writer, m.Entries);
                break;
            case PeerMessage.PromiseGiven m:
                Start(writer, Kind.Promise, 1);
                GroupPromise.Write(writer, m.Promise);
                break;
            case PeerMessage.BodiesWanted m:
                Start(writer, Kind.BodiesWanted, 1);
                writer.WriteStartArray(m.Leaves.Count);
                foreach (var leaf in m.Leaves)
                {
                    Canonical.WriteHash(writer, leaf.Value);
                }

                writer.WriteEndArray();
                break;
            case PeerMessage.Standing m:
                Start(writer, Kind.Standing, 3);
                writer.WriteInt64(m.Head.Value);
                writer.WriteInt32(m.Round);
                writer.WriteBoolean(m.Stuck);
                break;
            case PeerMessage.BlocksWanted m:
                Start(writer, Kind.BlocksWanted, 1);
                writer.WriteInt64(m.From.Value);
                break;
            case PeerMessage.BlockDecided m:
                Start(writer, Kind.BlockDecided, 3);
                BlockCodec.Write(writer, m.Block.Block);
                CertificateCodec.Write(writer, m.Block.Certificate);
                WriteBodies(writer, m.Bodies);
                break;
            case PeerMessage.VotesWanted m:
                Start(writer, Kind.VotesWanted, 1);
                writer.WriteInt64(m.Nonce);
                break;
            case PeerMessage.VotesReported m:
                Start(writer, Kind.VotesReported, 4);
                writer.WriteInt64(m.Nonce);
                writer.WriteInt64(m.Head.Value);
                WriteProof(writer, m.Proof);
                WritePosition(writer, m.Seen);
                break;
            default:
                WriteSnapshotMessage(writer, message);
                break;
        }

        writer.WriteEndArray();
    }

    private static void WriteSnapshotMessage(CborWriter writer, PeerMessage message)
    {
        switch (message)
        {
            case PeerMessage.SnapshotWanted m:
                Start(writer, Kind.SnapshotWanted, 1);
                writer.WriteInt64(m.Above.Value);
                break;
            case PeerMessage.SnapshotOffered m:
                Start(writer, Kind.SnapshotOffered, 1);
                SnapshotOffer.Write(writer, m.Offer);
                break;
            case PeerMessage.ChunkWanted m:
                Start(writer, Kind.ChunkWanted, 2);
                writer.WriteInt64(m.Height.Value);
                writer.WriteInt32(m.Index);
                break;
            case PeerMessage.ChunkSent m:
                Start(writer, Kind.ChunkSent, 3);
                writer.WriteInt64(m.Height.Value);
                writer.WriteInt32(m.Index);
                writer.WriteByteString(m.Bytes.Span);
                break;
            default:
                throw new InvalidOperationException($"No encoding for {message.GetType().Name}.");
        }
    }

    public static PeerMessage Read(CborReader reader)
    {
        var places = Canonical.ReadArrayUpTo(reader, 5);
        var kind = (Kind)Canonical.ReadInteger(reader, 1, (int)Kind.ChunkSent, "message kind");
        var (expected, message) = kind switch
        {
            Kind.Vote => (1, (PeerMessage)new PeerMessage.VoteCast(VoteCodec.Read(reader))),
            Kind.Proposal => (1, new PeerMessage.BlockProposed(ProposalCodec.Read(reader))),
            Kind.EntriesSent => (2, ReadEntriesSent(reader)),
            Kind.Promise => (1, new PeerMessage.PromiseGiven(GroupPromise.Read(reader))),
            Kind.BodiesWanted => (1, new PeerMessage.BodiesWanted(ReadLeaves(reader))),
            Kind.Standing => (3, new PeerMessage.Standing(ReadHeight(reader), (int)Canonical.ReadInteger(reader, -1, int.MaxValue, "round"), reader.ReadBoolean())),
            Kind.BlocksWanted => (1, new PeerMessage.BlocksWanted(ReadHeight(reader))),
            Kind.BlockDecided => (3, ReadDecided(reader)),
            Kind.VotesWanted => (1, new PeerMessage.VotesWanted(reader.ReadInt64())),
            Kind.VotesReported => (4, new PeerMessage.VotesReported(reader.ReadInt64(), ReadHeight(reader), ReadProof(reader), ReadPosition(reader))),
            Kind.SnapshotWanted => (1, new PeerMessage.SnapshotWanted(ReadHeight(reader))),
            Kind.SnapshotOffered => (1, new PeerMessage.SnapshotOffered(SnapshotOffer.Read(reader))),
            Kind.ChunkWanted => (2, new PeerMessage.ChunkWanted(ReadHeight(reader), ReadChunkIndex(reader))),
            _ => (3, new PeerMessage.ChunkSent(
                ReadHeight(reader), ReadChunkIndex(reader), Canonical.ReadBytesUpTo(reader, SnapshotOffer.ChunkBytes, "a chunk"))),
        };
        reader.ReadEndArray();
        return places == expected + 1 ? message : throw new FormatException($"a {kind} message has {expected + 1} places, not {places}");
    }

    public static void WritePosition(CborWriter writer, SafetyPosition position)
    {
        writer.WriteStartArray(3);
        writer.WriteInt64(position.Height.Value);
        writer.WriteInt32(position.Round);
        writer.WriteInt32(position.Step);
        writer.WriteEndArray();
    }

    public static SafetyPosition ReadPosition(CborReader reader)
    {
        Canonical.ReadArray(reader, 3);
        var position = new SafetyPosition(
            ReadHeight(reader),
            (int)Canonical.ReadInteger(reader, 0, int.MaxValue, "round"),
            (int)Canonical.ReadInteger(reader, 0, 3, "step"));
        reader.ReadEndArray();
        return position;
    }

    private static void WriteProof(CborWriter writer, CommitCertificate? proof)
    {
        if (proof is null)
        {
            writer.WriteNull();
        }
        else
        {
            CertificateCodec.Write(writer, proof);
        }
    }

    private static CommitCertificate? ReadProof(CborReader reader)
    {
        if (reader.PeekState() != CborReaderState.Null)
        {
            return CertificateCodec.Read(reader);
        }

        reader.ReadNull();
        return null;
    }

    private static void Start(CborWriter writer, Kind kind, int places)
    {
        writer.WriteStartArray(places + 1);
        writer.WriteInt32((int)kind);
    }

    private static Height ReadHeight(CborReader reader) => new(Canonical.ReadInteger(reader, 0, 1L << 62, "height"));

    private static int ReadChunkIndex(CborReader reader) => (int)Canonical.ReadInteger(reader, 0, SnapshotOffer.MaxChunks - 1, "chunk");

    private static List<LeafHash> ReadLeaves(CborReader reader)
    {
        var count = Canonical.ReadArrayUpTo(reader, Block.MaxEntries);
        var leaves = new List<LeafHash>(count);
        for (var i = 0; i < count; i++)
        {
            leaves.Add(new LeafHash(Canonical.ReadHash(reader)));
        }

        reader.ReadEndArray();
        return leaves;
    }

    private static void WriteBodies(CborWriter writer, IReadOnlyList<ReadOnlyMemory<byte>> bodies)
    {
        writer.WriteStartArray(bodies.Count);
        foreach (var body in bodies)
        {
            writer.WriteByteString(body.Span);
        }

        writer.WriteEndArray();
    }

    private static List<ReadOnlyMemory<byte>> ReadBodies(CborReader reader)
    {
        var count = Canonical.ReadArrayUpTo(reader, Block.MaxEntries);
        var bodies = new List<ReadOnlyMemory<byte>>(count);
        for (var i = 0; i < count; i++)
        {
            bodies.Add(Canonical.ReadBytesUpTo(reader, ushort.MaxValue, "an entry"));
        }

        reader.ReadEndArray();
        return bodies;
    }

    private static PeerMessage.EntriesSent ReadEntriesSent(CborReader reader)
    {
        var wantPromise = reader.ReadBoolean();
        return new PeerMessage.EntriesSent(ReadBodies(reader), wantPromise);
    }

    private static PeerMessage.BlockDecided ReadDecided(CborReader reader)
    {
        var (block, hash) = BlockCodec.Read(reader);
        var certificate = CertificateCodec.Read(reader);
        var decided = new DecidedBlock(block, hash, certificate);
        return new PeerMessage.BlockDecided(decided, ReadBodies(reader));
    }
}
