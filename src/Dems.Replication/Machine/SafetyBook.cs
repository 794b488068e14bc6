using Dems.Core.Consensus;
using Dems.Core.Ledger;
using Dems.Replication.Ports;
using Dems.Replication.Protocol;

namespace Dems.Replication.Machine;

/// <summary>
/// Puts own messages into the safety row before they leave. One write is under way at a time; messages signed meanwhile wait and share the next one.
/// Sent is what the written row holds, nothing else.
/// </summary>
internal sealed class SafetyBook
{
    private readonly StepContext _context;
    private readonly List<PeerMessage> _waiting = [];
    private readonly SafetyPosition[] _seen;
    private List<PeerMessage> _own = [];
    private Height _ownHeight;
    private SafetySnapshot? _latest;
    private SafetyPosition _position;
    private SafetyRow? _row;
    private bool _writing;
    private int _sent;

    public SafetyBook(StepContext context, SafetyRow? row, SafetyState state)
    {
        _context = context;
        _row = row;
        _position = row?.Position ?? default;
        _own = [.. state.Own];
        _ownHeight = state.Safety.Height;
        _sent = _own.Count;
        _seen = new SafetyPosition[context.Identity.MemberCount];
        for (var i = 0; i < _seen.Length && i < state.Seen.Count; i++)
        {
            _seen[i] = state.Seen[i];
        }
    }

    public SafetyPosition Position => _position;

    /// <summary>Own messages of the height that the row belongs to, as they were sent.</summary>
    public IReadOnlyList<PeerMessage> Own(Height height) => height == _ownHeight ? _own.Take(_sent).ToList() : [];

    public SafetyPosition SeenOf(int member) => _seen[member];

    /// <summary>Remembers a verified message of a member; durable with the next own message.</summary>
    public void See(int member, SafetyPosition position)
    {
        if (member >= 0 && position.CompareTo(_seen[member]) > 0)
        {
            _seen[member] = position;
        }
    }

    public void Sign(Vote unsigned, SafetySnapshot safety)
    {
        var bytes = SignedBytes.OfVote(unsigned.Chain, unsigned.Height, unsigned.Round, unsigned.Type, unsigned.Block);
        var vote = unsigned with { Signature = _context.Identity.Signer.Sign(bytes) };
        Enqueue(new PeerMessage.VoteCast(vote), PositionOf(vote), safety);
    }

    public void Sign(Proposal unsigned, SafetySnapshot safety)
    {
        var bytes = SignedBytes.OfProposal(unsigned.Chain, unsigned.Height, unsigned.Round, unsigned.ValidRound, unsigned.BlockHash);
        var proposal = unsigned with { Signature = _context.Identity.Signer.Sign(bytes) };
        Enqueue(new PeerMessage.BlockProposed(proposal), PositionOf(proposal), safety);
    }

    /// <summary>Forgets what was signed and has not been written: it never leaves.</summary>
    public void Drop() => _waiting.Clear();

    /// <summary>Starts the next write if messages wait and none is under way.</summary>
    public void Flush()
    {
        if (_writing || _waiting.Count == 0)
        {
            return;
        }

        var height = _latest!.Height;
        if (height != _ownHeight)
        {
            (_own, _ownHeight, _sent) = ([], height, 0);
        }

        _own.AddRange(_waiting);
        _waiting.Clear();
        var dropped = Math.Max(0, _own.Count - SafetyState.MaxOwnMessages);
        _own.RemoveRange(0, dropped);
        _sent = Math.Max(0, _sent - dropped);
        var state = new SafetyState(_latest, _own, _seen).Encode();
        _writing = true;
        _context.Emit(new ReplicaEffect.WriteSafety(
            new SafetyRow((_row?.Version ?? 0) + 1, _row?.Epoch ?? 1, _position, state), _row?.Version));
    }

    /// <summary>The row is durable: returns the messages in it that have not left yet.</summary>
    public IReadOnlyList<PeerMessage> Written(SafetyRow row)
    {
        _writing = false;
        _row = row;
        if (!SafetyState.TryDecode(row.State, out var state, out var error))
        {
            throw new InvalidOperationException($"The safety row that was just written does not decode: {error}");
        }

        var leaving = state.Own.Skip(_sent).ToList();
        _sent = state.Own.Count;
        return leaving;
    }

    public static SafetyPosition PositionOf(Vote vote) => new(vote.Height, vote.Round, vote.Type == VoteType.Prevote ? 2 : 3);

    public static SafetyPosition PositionOf(Proposal proposal) => new(proposal.Height, proposal.Round, 1);

    private void Enqueue(PeerMessage message, SafetyPosition position, SafetySnapshot safety)
    {
        if (position.CompareTo(_position) <= 0)
        {
            throw new InvalidOperationException($"Refused to sign at {position}: already signed at {_position}.");
        }

        _position = position;
        _latest = safety;
        if (_waiting.Count > 0 && HeightOf(_waiting[^1]) != position.Height)
        {
            _waiting.Clear();
        }

        _waiting.Add(message);
    }

    private static Height HeightOf(PeerMessage message) => message switch
    {
        PeerMessage.VoteCast m => m.Vote.Height,
        PeerMessage.BlockProposed m => m.Proposal.Height,
        _ => throw new InvalidOperationException($"{message.GetType().Name} is not signed."),
    };
}
