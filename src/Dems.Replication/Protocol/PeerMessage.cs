using Dems.Core.Consensus;
using Dems.Core.Ledger;
using Dems.Replication.Ports;

namespace Dems.Replication.Protocol;

/// <summary>What members say to each other about one chain. Messages travel in signed frames (<see cref="PeerFrame"/>); votes and proposals carry their author's own signature besides, so that anybody may pass them on.</summary>
public abstract record PeerMessage
{
    private PeerMessage()
    {
    }

    /// <summary>A vote, the sender's own or passed on.</summary>
    public sealed record VoteCast(Vote Vote) : PeerMessage;

    /// <summary>A proposal, the sender's own or passed on.</summary>
    public sealed record BlockProposed(Proposal Proposal) : PeerMessage;

    /// <summary>Entry bodies: pushed by who admitted them, or the answer to <see cref="BodiesWanted"/>.</summary>
    /// <param name="Entries">Encoded entries.</param>
    /// <param name="WantPromise">Whether the sender wants a <see cref="PromiseGiven"/> for them all once they are durable.</param>
    public sealed record EntriesSent(IReadOnlyList<ReadOnlyMemory<byte>> Entries, bool WantPromise) : PeerMessage;

    /// <summary>The bodies of a <see cref="EntriesSent"/> message are durable here.</summary>
    public sealed record PromiseGiven(GroupPromise Promise) : PeerMessage;

    /// <summary>Asks for bodies by leaf hash.</summary>
    public sealed record BodiesWanted(IReadOnlyList<LeafHash> Leaves) : PeerMessage;

    /// <summary>Where the sender stands. <paramref name="Stuck"/> asks for whatever helps it on.</summary>
    /// <param name="Head">Height of the sender's newest block.</param>
    /// <param name="Round">Its round at the next height, −1 when it is idle.</param>
    /// <param name="Stuck">Whether it has not got on for a while.</param>
    public sealed record Standing(Height Head, int Round, bool Stuck) : PeerMessage;

    /// <summary>Asks for decided blocks from a height on.</summary>
    public sealed record BlocksWanted(Height From) : PeerMessage;

    /// <summary>A decided block with its bodies.</summary>
    public sealed record BlockDecided(DecidedBlock Block, IReadOnlyList<ReadOnlyMemory<byte>> Bodies) : PeerMessage;

    /// <summary>Asked at start: how far have I signed, as far as you know?</summary>
    /// <param name="Nonce">Names the start, so that an old answer is not taken for a new one.</param>
    public sealed record VotesWanted(long Nonce) : PeerMessage;

    /// <summary>Answer to <see cref="VotesWanted"/>.</summary>
    /// <param name="Nonce">The question's.</param>
    /// <param name="Head">Height of the answerer's newest block.</param>
    /// <param name="Proof">Certificate of that block, so that nobody can name a height that was never reached; null at genesis.</param>
    /// <param name="Seen">The highest position that it has seen the asker sign; remembered durably, hence without the signed bytes.</param>
    public sealed record VotesReported(long Nonce, Height Head, CommitCertificate? Proof, SafetyPosition Seen) : PeerMessage;

    /// <summary>Asks for the newest state above a height: the sender is far behind.</summary>
    public sealed record SnapshotWanted(Height Above) : PeerMessage;

    /// <summary>Answer to <see cref="SnapshotWanted"/>; whoever has none does not answer.</summary>
    public sealed record SnapshotOffered(SnapshotOffer Offer) : PeerMessage;

    /// <summary>Asks for a chunk of an offered state.</summary>
    /// <param name="Height">Height of the state: at one height all members' states have the same bytes.</param>
    /// <param name="Index">Which chunk, from 0.</param>
    public sealed record ChunkWanted(Height Height, int Index) : PeerMessage;

    /// <summary>Answer to <see cref="ChunkWanted"/>.</summary>
    public sealed record ChunkSent(Height Height, int Index, ReadOnlyMemory<byte> Bytes) : PeerMessage;
}
