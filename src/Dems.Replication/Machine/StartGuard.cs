using Dems.Core.Consensus;
using Dems.Core.Ledger;
using Dems.Replication.Ports;
using Dems.Replication.Protocol;

namespace Dems.Replication.Machine;

/// <summary>
/// Decides after a start when this validator may vote again. Peers remember how far it signed: it asks them, and votes only after f + 1 answered. If its safety row
/// is missing, or the high-water mark or any answer is beyond it, the row was rolled back: then it needs the answers of q others (all, where there are fewer)
/// and abstains until two blocks above the highest height that they prove by certificate. A validator that is at most one block ahead of the proven
/// heads cannot have signed above that.
/// </summary>
internal sealed class StartGuard
{
    private readonly StepContext _context;
    private readonly SafetyPosition _row;
    private readonly long _nonce;
    private readonly bool _isPartial;
    private readonly SortedDictionary<int, PeerMessage.VotesReported> _answers = [];
    private bool _graceOver;
    private Height _decided;

    public StartGuard(StepContext context, ReplicaStart start)
    {
        _context = context;
        _row = start.Safety?.Position ?? default;
        _nonce = start.Nonce;
        _isPartial = start.IsPartial;
        RolledBack = start.Safety is null || (start.HighWater is { } mark && mark.CompareTo(_row) > 0);
    }

    /// <summary>Whether this validator may take part in consensus (above <see cref="AbstainThrough"/>).</summary>
    public bool Ready { get; private set; }

    /// <summary>Whether the row was found missing or older than what was signed.</summary>
    public bool RolledBack { get; private set; }

    /// <summary>
    /// Certificate of the highest block that a peer proved to be decided. Whoever signs nothing at that height for its sake must be able to end it with it: the peer may
    /// be gone for good, and be the only one that had decided.
    /// </summary>
    public CommitCertificate? Proof { get; private set; }

    /// <summary>The last height not to sign at.</summary>
    public Height AbstainThrough { get; private set; }

    /// <summary>
    /// Not below the row either: a chain that lost its tail is caught up with, not decided again. Nor at a height that a peer proved to be decided: nobody
    /// would count the message, and what nobody counts nobody remembers, should the row be rolled back later. And nowhere while blocks are missing below.
    /// </summary>
    public bool MaySignAt(Height height) => Ready && !_isPartial && height > AbstainThrough && height > _decided && height >= _row.Height;

    /// <summary>
    /// A message of this validator came back that its row does not hold: the row was rolled back, whatever was answered when it asked. Nothing is signed until
    /// two blocks above.
    /// </summary>
    public void Forgot(SafetyPosition position)
    {
        RolledBack = true;
        AbstainThrough = new Height(Math.Max(AbstainThrough.Value, Math.Max(_context.Tip.Height.Value, position.Height.Value) + 2));
    }

    public void Begin()
    {
        _context.SetTimer(new ReplicaTimer.StartGrace(_nonce), _context.Limits.StartGraceMs);
        _context.Broadcast(new PeerMessage.VotesWanted(_nonce));
        Evaluate();
    }

    public void Tick()
    {
        if (!Ready)
        {
            _context.Broadcast(new PeerMessage.VotesWanted(_nonce));
        }
    }

    public void GraceOver(long nonce)
    {
        _graceOver |= nonce == _nonce;
        Evaluate();
    }

    /// <summary>Takes an answer; ignored after this validator is ready. A head that is not certified counts as none.</summary>
    public void Answered(int from, PeerMessage.VotesReported report)
    {
        if (Ready || report.Nonce != _nonce)
        {
            return;
        }

        var proven = IsProven(report);
        _answers[from] = proven ? report : report with { Head = Height.Genesis };
        if (proven && (Proof is null || report.Head > Proof.Height))
        {
            Proof = report.Proof;
        }

        RolledBack |= report.Seen.CompareTo(_row) > 0;
        Evaluate();
    }

    private bool IsProven(PeerMessage.VotesReported report) =>
        report.Proof is { } proof
        && proof.Height == report.Head
        && CertificateRules.TryVerify(proof, _context.Identity.Chain, report.Head, _context.Validators, _context.Identity.Verifier, out _);

    private void Evaluate()
    {
        var others = _context.Identity.MemberCount - 1;
        var needed = Math.Min(others, RolledBack ? _context.Validators.Quorum : _context.Validators.OneHonest);
        if (Ready || _answers.Count < needed || (_answers.Count < others && !_graceOver))
        {
            return;
        }

        Ready = true;
        _decided = new Height(Math.Max(_context.Tip.Height.Value, _answers.Values.Select(a => a.Head.Value).DefaultIfEmpty(0).Max()));
        if (RolledBack)
        {
            AbstainThrough = new Height(Math.Max(AbstainThrough.Value, _decided.Value + 2));
        }
    }
}
