using Dems.Core.Consensus;
using Dems.Core.Ledger;
using Dems.Replication.Ports;
using Dems.Replication.Protocol;

namespace Dems.Replication.Machine;

/// <summary>
/// Follows peers that are ahead. What a peer says of its height only makes this replica ask; only a block with a valid certificate is taken. Blocks that
/// arrive early wait, in a bounded window; they too must be certified, or a liar could fill it.
/// </summary>
internal sealed class CatchUp(StepContext context)
{
    /// <summary>Blocks above the next one that may wait.</summary>
    public const int Window = 64;

    private const int AskAgainAfterMs = 400;

    private readonly Height[] _heads = new Height[context.Identity.MemberCount];
    private readonly SortedDictionary<Height, (int From, PeerMessage.BlockDecided Message)> _early = [];
    private long _askedAt;
    private Height _askedFor;

    /// <summary>Heads as the peers say (genesis index); unproven.</summary>
    public IReadOnlyList<Height> Heads => _heads;

    /// <summary>Whether some peer says that it has blocks which are missing here.</summary>
    public bool Behind => _heads.Any(h => h > context.Tip.Height);

    public void Heard(int from, Height head)
    {
        if (head > _heads[from])
        {
            _heads[from] = head;
        }

        if (head > context.Tip.Height)
        {
            Ask(from);
        }
    }

    /// <summary>Asks the next peer that is ahead.</summary>
    public void Tick()
    {
        for (var i = 0; i < _heads.Length; i++)
        {
            var member = (int)((context.Elapsed / AskAgainAfterMs + i) % _heads.Length);
            if (_heads[member] > context.Tip.Height)
            {
                Ask(member);
                return;
            }
        }
    }

    /// <summary>Takes a decided block. True if it is the next one and its certificate holds; early ones are kept.</summary>
    public bool Take(int from, PeerMessage.BlockDecided message)
    {
        var block = message.Block;
        if (block.Height > context.NextHeight)
        {
            if (block.Height.Value <= context.NextHeight.Value + Window && !_early.ContainsKey(block.Height) && IsCertified(block))
            {
                _early[block.Height] = (from, message);
            }

            return false;
        }

        return block.Height == context.NextHeight && IsCertified(block);
    }

    /// <summary>The kept block of the next height, if any.</summary>
    public (int From, PeerMessage.BlockDecided Message)? TakeEarly()
    {
        while (_early.Count > 0 && _early.First().Key is var height && height <= context.NextHeight)
        {
            var early = _early[height];
            _early.Remove(height);
            if (height == context.NextHeight)
            {
                return early;
            }
        }

        return null;
    }

    /// <summary>By the validators of the next height: a later block of other validators is asked for again once they are known.</summary>
    private bool IsCertified(DecidedBlock block) =>
        block.Certificate.Block == block.Hash
        && CertificateRules.TryVerify(block.Certificate, context.Identity.Chain, block.Height, context.Validators, context.Identity.Verifier, out _);

    private void Ask(int member)
    {
        var next = _early.Count > 0 ? _early.Last().Key.Next : context.NextHeight;
        var isFull = _early.Count >= Window && _early.ContainsKey(context.NextHeight);
        if (isFull || (next == _askedFor && context.Elapsed < _askedAt + AskAgainAfterMs))
        {
            return;
        }

        // Ask for the gap first if the window holds only later blocks.
        var from = _early.ContainsKey(context.NextHeight) ? next : context.NextHeight;
        (_askedFor, _askedAt) = (next, context.Elapsed);
        context.Send(member, new PeerMessage.BlocksWanted(from));
    }
}
