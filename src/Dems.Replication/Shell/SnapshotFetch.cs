using System.Threading.Channels;
using Dems.Core;
using Dems.Core.Consensus;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Entries;
using Dems.Core.Ledger.Execution;
using Dems.Replication.Machine;
using Dems.Replication.Ports;
using Dems.Replication.Protocol;

namespace Dems.Replication.Shell;

/// <summary>
/// Fetches a state from peers while the replica stands still. An offer is followed only if its blocks are certified by the validators known here; chunks are taken only if they
/// match the offer's hashes; the whole is believed only if it gives the state root in the certified header. Whoever offered a state that does not, or does not give it, is not asked again.
/// Chunks come from any member that holds the same state, and are kept: an interrupted fetch goes on where it ended.
/// </summary>
public sealed class SnapshotFetch
{
    /// <summary>How long offers are gathered.</summary>
    private const int OfferMs = 1_000;

    /// <summary>How often offers are asked for: peers may have to find out first that this member is back.</summary>
    private const int OfferRounds = 2;

    /// <summary>How long a chunk or a block is waited for before another member is asked.</summary>
    private const int AnswerMs = 1_500;

    /// <summary>Chunks asked for at once: what a link is filled with while an answer is on its way.</summary>
    private const int AskedAhead = 4;

    /// <summary>Rounds over all members without any progress after which an offer is given up: nobody keeps that state any more.</summary>
    private const int MaxFruitlessRounds = 3;

    private readonly ReplicaIdentity _identity;
    private readonly ReplicaPorts _ports;
    private readonly ISnapshotParts _parts;
    private readonly SortedSet<int> _refused = [];
    private readonly Channel<PeerFrame> _frames = Channel.CreateBounded<PeerFrame>(
        new BoundedChannelOptions(ChainReplica.MaxWaitingFrames) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>A fetch.</summary>
    public SnapshotFetch(ReplicaIdentity identity, ReplicaPorts ports, ISnapshotParts parts)
    {
        (_identity, _ports, _parts) = (identity, ports, parts);
    }

    /// <summary>Members whose offer led to no state, by index: they are not asked again.</summary>
    public IReadOnlyCollection<int> Refused => _refused;

    /// <summary>Takes in a frame whose signature was checked. Never refuses: what is too much is dropped and asked for again.</summary>
    public bool TryDeliver(PeerFrame frame) => _frames.Writer.TryWrite(frame);

    /// <summary>The newest state above a height that a member gives; null if none offers one.</summary>
    /// <param name="above">The height up to which the chain is here.</param>
    /// <param name="validators">Who decides the heights above, as far as is known here.</param>
    public async Task<FetchedSnapshot?> RunAsync(Height above, ValidatorSet validators, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (offer, from) = Resume(above, validators) ?? await AskAsync(above, validators, cancellationToken) ?? default;
            if (offer is null)
            {
                return null;
            }

            if (await FetchChunksAsync(offer, from, cancellationToken) is { } state
                && StateSnapshot.TryImport(state, offer.Next.Block.Header.StateRoot, out _, out _)
                && await FetchBodiesAsync(offer, cancellationToken) is { } bodies)
            {
                return new FetchedSnapshot(offer, state, bodies);
            }

            // Whoever offered it lied or went away: others are asked. Who made a resumed offer is not remembered; the next one has a name.
            _parts.Clear();
            _refused.Add(from);
        }
    }

    private (SnapshotOffer Offer, int From)? Resume(Height above, ValidatorSet validators) =>
        _parts.ReadOffer() is { } kept
        && SnapshotOffer.TryDecode(kept, out var offer, out _)
        && offer.Height > above
        && offer.Refusal(_identity.Chain, validators, _identity.Verifier) is null
            ? (offer, -1)
            : null;

    /// <summary>Asks all members and takes the highest sound offer.</summary>
    private async Task<(SnapshotOffer Offer, int From)?> AskAsync(Height above, ValidatorSet validators, CancellationToken cancellationToken)
    {
        var asked = Others().Where(member => !_refused.Contains(member)).ToHashSet();
        (SnapshotOffer Offer, int From)? best = null;
        for (var round = 0; round < OfferRounds && best is null && asked.Count > 0; round++)
        {
            foreach (var member in asked)
            {
                Send(member, new PeerMessage.SnapshotWanted(above));
            }

            await ListenAsync(OfferMs, Weigh, cancellationToken);
        }

        bool Weigh(int from, PeerMessage message)
        {
            if (message is PeerMessage.SnapshotOffered { Offer: var offer }
                && asked.Contains(from)
                && offer.Height > above
                && (best is not { } known || offer.Height > known.Offer.Height)
                && offer.Refusal(_identity.Chain, validators, _identity.Verifier) is null)
            {
                best = (offer, from);
            }

            return false;
        }

        if (best is { } taken)
        {
            _parts.Begin(SnapshotOffer.Encode(taken.Offer));
        }

        return best;
    }

    private async Task<ReadOnlyMemory<byte>?> FetchChunksAsync(SnapshotOffer offer, int from, CancellationToken cancellationToken)
    {
        var state = new byte[offer.Size];
        var missing = new SortedSet<int>();
        for (var i = 0; i < offer.Chunks.Count; i++)
        {
            if (_parts.ReadChunk(i) is not { } kept || !TryPlace(offer, i, kept, state))
            {
                missing.Add(i);
            }
        }

        var source = from < 0 ? Others().First() : from;
        var fruitless = 0;
        while (missing.Count > 0)
        {
            var before = missing.Count;
            var lied = false;
            foreach (var index in missing.Take(AskedAhead))
            {
                Send(source, new PeerMessage.ChunkWanted(offer.Height, index));
            }

            var awaited = missing.Take(AskedAhead).ToHashSet();
            await ListenAsync(
                AnswerMs,
                (sender, message) =>
                {
                    if (message is PeerMessage.ChunkSent sent && sent.Height == offer.Height && missing.Contains(sent.Index))
                    {
                        if (TryPlace(offer, sent.Index, sent.Bytes, state))
                        {
                            _parts.KeepChunk(sent.Index, sent.Bytes);
                            missing.Remove(sent.Index);
                            awaited.Remove(sent.Index);
                        }
                        else
                        {
                            lied |= sender == source;
                        }
                    }

                    return awaited.Count == 0 || lied;
                },
                cancellationToken);
            if (missing.Count < before && !lied)
            {
                fruitless = 0;
                continue;
            }

            source = After(source);
            fruitless++;
            if (fruitless >= MaxFruitlessRounds * (_identity.MemberCount - 1))
            {
                return null;
            }
        }

        return state;
    }

    private static bool TryPlace(SnapshotOffer offer, int index, ReadOnlyMemory<byte> chunk, byte[] state)
    {
        if (chunk.Length != offer.LengthOf(index) || Hash32.Of(chunk.Span) != offer.Chunks[index])
        {
            return false;
        }

        chunk.CopyTo(state.AsMemory((int)((long)index * SnapshotOffer.ChunkBytes)));
        return true;
    }

    /// <summary>The entries of the block after the state: with it the state proves itself again after a restart.</summary>
    private async Task<IReadOnlyList<PooledEntry>?> FetchBodiesAsync(SnapshotOffer offer, CancellationToken cancellationToken)
    {
        var leaves = offer.Next.Block.Leaves;
        if (leaves.Count == 0)
        {
            return [];
        }

        for (var i = 0; i < MaxFruitlessRounds; i++)
        {
            foreach (var member in Others())
            {
                IReadOnlyList<ReadOnlyMemory<byte>>? answer = null;
                Send(member, new PeerMessage.BlocksWanted(offer.Next.Height));
                await ListenAsync(
                    AnswerMs,
                    (_, message) =>
                    {
                        if (message is PeerMessage.BlockDecided decided && decided.Block.Hash == offer.Next.Hash)
                        {
                            answer = decided.Bodies;
                        }

                        return answer is not null;
                    },
                    cancellationToken);
                var opened = answer is null ? [] : await _ports.Opener.OpenAsync(answer, cancellationToken);
                var bodies = opened.OfType<OpenedEntry>().DistinctBy(entry => entry.Leaf).ToDictionary(entry => entry.Leaf);
                if (leaves.All(bodies.ContainsKey))
                {
                    var now = new BlockTime(_ports.Time.GetUtcNow().ToUnixTimeMilliseconds());
                    return [.. leaves.Select(leaf => Pooling.Of(bodies[leaf], now))];
                }
            }
        }

        return null;
    }

    /// <summary>Gives messages to a taker until it has what it wants or the time is over.</summary>
    private async Task ListenAsync(int milliseconds, Func<int, PeerMessage, bool> take, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(milliseconds), _ports.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            while (true)
            {
                var frame = await _frames.Reader.ReadAsync(either.Token);
                foreach (var message in frame.Messages)
                {
                    if (take(frame.From, message))
                    {
                        return;
                    }
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The time is over.
        }
    }

    private IEnumerable<int> Others() => Enumerable.Range(0, _identity.MemberCount).Where(member => member != _identity.Member);

    private int After(int member) => Others().FirstOrDefault(other => other > member, Others().First());

    private void Send(int member, PeerMessage message) =>
        _ports.Peers.Send(member, PeerFrame.Encode(new PeerFrame(_identity.Chain, _identity.Member, [message]), _identity.Signer));
}
