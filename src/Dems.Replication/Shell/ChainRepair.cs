using System.Threading.Channels;
using Dems.Core.Consensus;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Entries;
using Dems.Core.Ledger.Merkle;
using Dems.Replication.Machine;
using Dems.Replication.Ports;
using Dems.Replication.Protocol;

namespace Dems.Replication.Shell;

/// <summary>
/// Fetches sound copies of damaged blocks from peers, before a replica opens or behind a running one. A copy is taken only if its certificate holds for the validators of its height,
/// its leaves give the tree root in its header and all its entries open; then the store replaces what is damaged. The lowest damaged block comes first: who decided a height is known once the blocks up to two before it
/// are sound and executed. A damaged block is never served: reading it fails.
/// </summary>
public sealed class ChainRepair
{
    private const int AskAgainAfterMs = 500;

    private const int BlocksPerTurn = 64;

    /// <summary>Copies of later blocks that are kept until it is their turn.</summary>
    private const int MaxWaiting = 256;

    private readonly ReplicaIdentity _identity;
    private readonly ReplicaPorts _ports;
    private readonly SortedSet<Height> _damaged;
    private readonly Dictionary<Height, PeerMessage.BlockDecided> _waiting = [];
    private readonly Channel<PeerFrame> _frames = Channel.CreateBounded<PeerFrame>(
        new BoundedChannelOptions(ChainReplica.MaxWaitingFrames) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    // The right edge after the block that was repaired last: the next one is often the one after it.
    private (Height Height, MerkleFrontier Frontier) _edge = (Height.Genesis, MerkleFrontier.Empty);
    private int _asked;

    /// <summary>A repair of some blocks.</summary>
    public ChainRepair(ReplicaIdentity identity, ReplicaPorts ports, IEnumerable<Height> damaged)
    {
        (_identity, _ports) = (identity, ports);
        _damaged = [.. damaged];
    }

    /// <summary>Heights that are still damaged.</summary>
    public int Remaining => _damaged.Count;

    /// <summary>Takes in a frame whose signature was checked. Never refuses: what is too much is dropped and asked for again.</summary>
    public bool TryDeliver(PeerFrame frame) => _frames.Writer.TryWrite(frame);

    /// <summary>Asks one peer after the other until every block is repaired.</summary>
    /// <exception cref="DamageException">There is no peer to ask.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (_damaged.Count > 0)
        {
            AskNextPeer();
            using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(AskAgainAfterMs), _ports.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
            try
            {
                while (_damaged.Count > 0)
                {
                    await TakeAsync(await _frames.Reader.ReadAsync(either.Token), cancellationToken);
                }
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // No answer from this peer: the next one.
            }
        }
    }

    private void AskNextPeer()
    {
        if (_identity.MemberCount == 1)
        {
            throw new DamageException(new Damage("chain", "block", _damaged.Min, _damaged.Min.ToString(), "is damaged and there is no peer to fetch it from; restore a copy"));
        }

        var peer = _asked++ % (_identity.MemberCount - 1);
        var member = peer < _identity.Member ? peer : peer + 1;
        var question = new PeerFrame(_identity.Chain, _identity.Member, [new PeerMessage.BlocksWanted(_damaged.Min)]);
        _ports.Peers.Send(member, PeerFrame.Encode(question, _identity.Signer));
    }

    private async Task TakeAsync(PeerFrame frame, CancellationToken cancellationToken)
    {
        foreach (var message in frame.Messages.OfType<PeerMessage.BlockDecided>())
        {
            if (_damaged.Contains(message.Block.Height) && (_waiting.Count < MaxWaiting || message.Block.Height == _damaged.Min))
            {
                _waiting[message.Block.Height] = message;
            }
        }

        while (_damaged.Count > 0 && _waiting.Remove(_damaged.Min, out var next))
        {
            await TryRepairAsync(next, cancellationToken);
        }
    }

    private async Task TryRepairAsync(PeerMessage.BlockDecided message, CancellationToken cancellationToken)
    {
        var block = message.Block;
        var validators = await ValidatorsOfAsync(block.Height, cancellationToken);
        if (block.Certificate.Block != block.Hash
            || !CertificateRules.TryVerify(block.Certificate, _identity.Chain, block.Height, validators, _identity.Verifier, out _)
            || await FrontierAfterAsync(block, cancellationToken) is not { } frontier)
        {
            return;
        }

        var opened = await _ports.Opener.OpenAsync(message.Bodies, cancellationToken);
        var now = new BlockTime(_ports.Time.GetUtcNow().ToUnixTimeMilliseconds());
        var bodies = opened.OfType<OpenedEntry>().ToDictionary(e => e.Leaf);
        if (block.Block.Leaves.All(bodies.ContainsKey))
        {
            await _ports.Chain.RepairAsync(block, [.. block.Block.Leaves.Select(l => Pooling.Of(bodies[l], now))], cancellationToken);
            _damaged.Remove(block.Height);
            _edge = (block.Height, frontier);
        }
    }

    /// <summary>
    /// The tree's right edge after a block; null if its leaves do not give the tree root in its header. The certificate covers them through nothing else, and whoever sends the block
    /// could exchange them.
    /// </summary>
    private async Task<MerkleFrontier?> FrontierAfterAsync(DecidedBlock block, CancellationToken cancellationToken)
    {
        var header = block.Block.Header;
        var before = await FrontierBeforeAsync(block.Height, cancellationToken);
        return before.Size + block.Block.Leaves.Count == header.TreeSize
            && before.AppendAll(block.Block.Leaves.Select(leaf => leaf.Value)) is var after
            && after.Root == header.TreeRoot
                ? after
                : null;
    }

    /// <summary>The tree's right edge below a block: from the tiles if they are sound, otherwise from the leaves of all blocks before it, which are.</summary>
    private async Task<MerkleFrontier> FrontierBeforeAsync(Height height, CancellationToken cancellationToken)
    {
        if (height == Height.Genesis.Next)
        {
            return MerkleFrontier.Empty;
        }

        if (_edge.Height == height.Previous)
        {
            return _edge.Frontier;
        }

        var before = (await ReadSoundAsync(height.Previous, cancellationToken)).Block.Header;
        if (TryLoad(before.TreeSize) is { } loaded && loaded.Root == before.TreeRoot)
        {
            return loaded;
        }

        var frontier = MerkleFrontier.Empty;
        for (var next = Height.Genesis.Next; next < height; next = next.Next)
        {
            var block = await ReadSoundAsync(next, cancellationToken);
            frontier = frontier.AppendAll(block.Block.Leaves.Select(leaf => leaf.Value));
            if (next.Value % BlocksPerTurn == 0)
            {
                // A replica may vote on the same scheduler.
                await Task.Yield();
            }
        }

        return frontier;
    }

    private MerkleFrontier? TryLoad(long size)
    {
        try
        {
            return MerkleFrontier.Load(size, new TileReader(_ports.Chain.Tiles));
        }
        catch (Exception e) when (e is TileException or DamageException)
        {
            return null;
        }
    }

    private async Task<DecidedBlock> ReadSoundAsync(Height height, CancellationToken cancellationToken) =>
        await _ports.Chain.ReadBlockAsync(height, cancellationToken)
            ?? throw new DamageException(new Damage("chain", "block", height, "row", "is missing"));

    /// <summary>Executes the sound blocks below the lowest damaged one as far as is needed to know who decided it.</summary>
    private async Task<ValidatorSet> ValidatorsOfAsync(Height height, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await _ports.Executor.ReadValidatorsAsync(height, cancellationToken) is { } validators)
            {
                return validators;
            }

            var next = (await _ports.Executor.ReadRootsAsync(cancellationToken)).Height.Next;
            await _ports.Executor.ExecuteAsync(await ReadSoundAsync(next, cancellationToken), cancellationToken);
        }
    }
}
