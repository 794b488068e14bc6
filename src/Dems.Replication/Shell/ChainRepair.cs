using System.Threading.Channels;
using Dems.Core.Consensus;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Entries;
using Dems.Replication.Machine;
using Dems.Replication.Ports;
using Dems.Replication.Protocol;

namespace Dems.Replication.Shell;

/// <summary>
/// Fetches sound copies of damaged blocks from peers before a replica opens. A copy is taken only if its certificate holds for the validators of its height and
/// all its entries open; then the store replaces what is damaged. Until all are repaired the member neither serves nor votes.
/// </summary>
public sealed class ChainRepair
{
    private const int AskAgainAfterMs = 500;

    private readonly ReplicaIdentity _identity;
    private readonly ReplicaPorts _ports;
    private readonly Func<Height, ValidatorSet> _validatorsAt;
    private readonly SortedSet<Height> _damaged;
    private readonly Channel<PeerFrame> _frames = Channel.CreateBounded<PeerFrame>(
        new BoundedChannelOptions(ChainReplica.MaxWaitingFrames) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private int _asked;

    /// <summary>A repair of some blocks.</summary>
    /// <param name="validatorsAt">Who decided a height.</param>
    public ChainRepair(ReplicaIdentity identity, ReplicaPorts ports, Func<Height, ValidatorSet> validatorsAt, IEnumerable<Height> damaged)
    {
        (_identity, _ports, _validatorsAt) = (identity, ports, validatorsAt);
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
            var block = message.Block;
            if (!_damaged.Contains(block.Height)
                || block.Certificate.Block != block.Hash
                || !CertificateRules.TryVerify(
                    block.Certificate, _identity.Chain, block.Height, _validatorsAt(block.Height), _identity.Verifier, out _))
            {
                continue;
            }

            var opened = await _ports.Opener.OpenAsync(message.Bodies, cancellationToken);
            var now = new BlockTime(_ports.Time.GetUtcNow().ToUnixTimeMilliseconds());
            var bodies = opened.OfType<OpenedEntry>().ToDictionary(e => e.Leaf);
            if (block.Block.Leaves.All(bodies.ContainsKey))
            {
                await _ports.Chain.RepairAsync(block, [.. block.Block.Leaves.Select(l => Pooling.Of(bodies[l], now))], cancellationToken);
                _damaged.Remove(block.Height);
            }
        }
    }
}
