using Dems.Core.Consensus;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Replication.Ports;
using Dems.Replication.Protocol;

namespace Dems.Replication.Machine;

/// <summary>
/// Drives the consensus machine of the next height: starts it when there is something to decide, verifies what it is fed, and turns its effects into those of
/// the replica. Own messages reach it, like the peers, only after the safety row holds them.
/// </summary>
internal sealed class HeightDriver
{
    /// <summary>Messages kept for the height after the next, while the next one is being committed.</summary>
    public const int MaxEarlyMessages = 2_048;

    private readonly StepContext _context;
    private readonly SafetyBook _safety;
    private readonly CandidateBook _candidates;
    private readonly StartGuard _guard;
    private readonly SafetySnapshot? _restore;
    private readonly Func<HeightState, ConsensusInput, ConsensusStep> _rules;
    private readonly Queue<ConsensusInput> _inputs = new();
    private readonly List<(int From, PeerMessage Message)> _early = [];
    private HeightState _state = null!;
    private long _notBefore;
    private long _progressAt;
    private int? _wantedRound;
    private bool _stepping;
    private bool _mustReopen;

    public HeightDriver(
        StepContext context,
        SafetyBook safety,
        CandidateBook candidates,
        StartGuard guard,
        SafetySnapshot? restore,
        Func<HeightState, ConsensusInput, ConsensusStep> rules)
    {
        _context = context;
        _safety = safety;
        _candidates = candidates;
        _guard = guard;
        _restore = restore;
        _rules = rules;
    }

    /// <summary>The decided block whose commit the shell is asked for; null while the height is open.</summary>
    public DecidedBlock? Committing { get; private set; }

    public int Round => _state.Started ? _state.Round : -1;

    public RoundStep Step => _state.Step;

    /// <summary>Whether the height is open and nothing has moved for a while.</summary>
    public bool IsStuck => _state.Started && Committing is null && _context.Elapsed >= _progressAt + _context.Limits.StuckAfterMs;

    /// <summary>Opens the next height, or opens it anew once this validator may sign.</summary>
    public void OpenHeight()
    {
        var known = _state is not null && _state.Height == _context.NextHeight
            ? _state.AllProposals().Select(p => (PeerMessage)new PeerMessage.BlockProposed(p)).Concat(_state.AllVotes().Select(v => new PeerMessage.VoteCast(v))).ToList()
            : [];
        var height = _context.NextHeight;
        var index = _context.Validators.IndexOf(_context.Identity.Signer.PublicKey);
        var self = index >= 0 && _guard.MaySignAt(height) ? index : (int?)null;
        var (chain, validators, timeouts) = (_context.Identity.Chain, _context.Validators, _context.Limits.Timeouts);
        var restored = self is not null && _restore?.Height == height;
        _state = restored
            ? HeightState.Restore(chain, height, validators, self, timeouts, _restore!)
            : HeightState.Create(chain, height, validators, self, timeouts);
        _wantedRound = null;
        _mustReopen = false;
        Committing = null;
        // What the row holds may never have left: it leaves now, before the machine counts it.
        var own = restored ? _safety.Own(height) : [];
        foreach (var message in own)
        {
            _context.Broadcast(message);
            Feed(InputOf(message));
        }

        foreach (var message in known)
        {
            Feed(InputOf(message));
        }

        var early = _early.ToList();
        _early.Clear();
        foreach (var (from, message) in early)
        {
            Receive(from, message);
        }

        if (_guard.Proof is { } proof && proof.Height == height)
        {
            ReceiveProof(proof);
        }
    }

    /// <summary>After a commit: the next height, not before the block interval is over.</summary>
    public void NextHeight()
    {
        _candidates.Clear();
        _notBefore = _context.Elapsed + _context.Limits.BlockIntervalMs;
        _context.SetTimer(new ReplicaTimer.NextBlock(_context.NextHeight), _context.Limits.BlockIntervalMs);
        OpenHeight();
    }

    /// <summary>A vote or proposal from a peer, the sender's own or passed on.</summary>
    public void Receive(int from, PeerMessage message)
    {
        var height = HeightOf(message);
        if (height == _context.NextHeight.Next || (height == _context.NextHeight && Committing is not null))
        {
            if (_early.Count < MaxEarlyMessages)
            {
                _early.Add((from, message));
            }
        }
        else if (height != _context.NextHeight)
        {
            SeeElsewhere(from, message);
        }
        else if (Accepts(message))
        {
            Feed(InputOf(message));
        }
    }

    /// <summary>Own messages, durable now: to the peers and to the own machine.</summary>
    public void Leave(IReadOnlyList<PeerMessage> messages)
    {
        foreach (var message in messages)
        {
            var height = HeightOf(message);
            if (!_guard.MaySignAt(height))
            {
                continue;
            }

            _context.Broadcast(message);
            if (height == _context.NextHeight)
            {
                Feed(InputOf(message));
            }
        }
    }

    public void TimeoutElapsed(ReplicaTimer.Consensus timer)
    {
        if (timer.Height == _context.NextHeight)
        {
            Feed(new ConsensusInput.TimeoutElapsed(timer.Step, timer.Round));
        }
    }

    /// <summary>Candidates whose bodies are here now, or whose bodies never will be valid.</summary>
    public void Judged(IEnumerable<Candidate> candidates)
    {
        foreach (var candidate in candidates)
        {
            Judged(candidate);
        }
    }

    /// <summary>Starts the height if something is to be decided, and proposes if a proposal is wanted and there is something to propose.</summary>
    public void Drive()
    {
        if (Committing is not null || !_guard.Ready)
        {
            return;
        }

        if (_mustReopen)
        {
            _safety.Drop();
            OpenHeight();
        }

        if (!_state.Started && HasWork())
        {
            _progressAt = _context.Elapsed;
            Feed(new ConsensusInput.Start(_context.Now));
        }

        if (_wantedRound is { } round && (_context.Pending.Count > 0 || BlockRules.MayBeEmpty(_context.Tip, round, _context.Now)))
        {
            _wantedRound = null;
            var leaves = _context.Pending.Select(Block.MaxEntries, Block.MaxBodyBytes, _context.Limits.SignerQuota);
            var (tip, identity) = (_context.Tip, _context.Identity);
            var block = BlockRules.Build(tip, identity.Chain, round, _context.Now, leaves);
            Feed(new ConsensusInput.OwnBlockReady(round, block, HeaderCodec.Hash(block.Header)));
        }
    }

    /// <summary>A block decided elsewhere, complete and certified.</summary>
    public void Commit(DecidedBlock block)
    {
        if (Committing is null)
        {
            Committing = block;
            _context.Emit(new ReplicaEffect.CommitBlock(block, _context.Pending.ContentsOf(block.Block.Leaves)));
        }
    }

    /// <summary>Everything known of this height, for a peer that is stuck at it.</summary>
    public void Retransmit(int to)
    {
        foreach (var proposal in _state.AllProposals())
        {
            _context.Send(to, new PeerMessage.BlockProposed(proposal));
        }

        foreach (var vote in _state.AllVotes())
        {
            _context.Send(to, new PeerMessage.VoteCast(vote));
        }
    }

    private bool HasWork()
    {
        if (_state.AllProposals().Count > 0
            || _state.AllVotes().Select(v => v.Validator).Distinct().Count() >= _context.Validators.OneHonest)
        {
            return true;
        }

        return _context.Elapsed >= _notBefore && (_context.Pending.Count > 0 || BlockRules.IsDue(_context.Tip, _context.Now));
    }

    /// <summary>A certificate is q precommits: taken as such they count here, and go on to every peer that is stuck at this height.</summary>
    private void ReceiveProof(CommitCertificate proof)
    {
        foreach (var (validator, signature) in proof.Signatures)
        {
            var vote = new Vote(proof.Chain, proof.Height, proof.Round, VoteType.Precommit, proof.Block, validator, signature);
            Receive(_context.MemberOf(validator), new PeerMessage.VoteCast(vote));
        }
    }

    /// <summary>Checks a message of the next height before the machine sees it; each is verified once.</summary>
    private bool Accepts(PeerMessage message)
    {
        var validators = _context.Validators;
        if (message is PeerMessage.VoteCast { Vote: var vote })
        {
            if (vote.Chain != _context.Identity.Chain
                || vote.Validator >= validators.Count
                || _state.VoteOf(vote.Validator, vote.Round, vote.Type)?.Block == vote.Block
                || !_context.Verify(
                    validators[vote.Validator], SignedBytes.OfVote(vote.Chain, vote.Height, vote.Round, vote.Type, vote.Block), vote.Signature))
            {
                return false;
            }

            var member = _context.MemberOf(vote.Validator);
            See(member, SafetyBook.PositionOf(vote));
            _candidates.AddSource(vote.Block, member);
            return true;
        }

        var proposal = ((PeerMessage.BlockProposed)message).Proposal;
        if (proposal.Chain != _context.Identity.Chain
            || proposal.Proposer != validators.ProposerOf(proposal.Height, proposal.Round)
            || !_context.Verify(
                validators[proposal.Proposer],
                SignedBytes.OfProposal(proposal.Chain, proposal.Height, proposal.Round, proposal.ValidRound, proposal.BlockHash),
                proposal.Signature)
            || !_candidates.LeavesMatch(proposal.Block))
        {
            return false;
        }

        See(_context.MemberOf(proposal.Proposer), SafetyBook.PositionOf(proposal));
        return true;
    }

    /// <summary>A message of another height decides nothing here, but its author may ask one day how far it had signed. Only what the sender itself signed counts.</summary>
    private void SeeElsewhere(int from, PeerMessage message)
    {
        var (position, chain, signed, signature) = message switch
        {
            PeerMessage.VoteCast { Vote: var v } =>
                (SafetyBook.PositionOf(v), v.Chain, SignedBytes.OfVote(v.Chain, v.Height, v.Round, v.Type, v.Block), v.Signature),
            PeerMessage.BlockProposed { Proposal: var p } =>
                (SafetyBook.PositionOf(p), p.Chain, SignedBytes.OfProposal(p.Chain, p.Height, p.Round, p.ValidRound, p.BlockHash), p.Signature),
            _ => throw new InvalidOperationException($"{message.GetType().Name} is not a message of consensus."),
        };
        if (position.CompareTo(_safety.SeenOf(from)) > 0
            && chain == _context.Identity.Chain
            && _context.Verify(_context.Identity.KeyOf(from), signed, signature))
        {
            _safety.See(from, position);
        }
    }

    private void See(int member, SafetyPosition position)
    {
        if (member == _context.Identity.Member && position.CompareTo(_safety.Position) > 0)
        {
            _guard.Forgot(position);
            _mustReopen = true;
        }

        _safety.See(member, position);
    }

    private static Height HeightOf(PeerMessage message) =>
        message is PeerMessage.VoteCast v ? v.Vote.Height : ((PeerMessage.BlockProposed)message).Proposal.Height;

    private ConsensusInput InputOf(PeerMessage message) => message switch
    {
        PeerMessage.VoteCast m => new ConsensusInput.VoteReceived(m.Vote),
        PeerMessage.BlockProposed m => new ConsensusInput.ProposalReceived(m.Proposal, _context.Now),
        _ => throw new InvalidOperationException($"{message.GetType().Name} is not a message of consensus."),
    };

    private void Judged(Candidate candidate)
    {
        if (candidate.Valid is { } valid)
        {
            if (candidate.Certificate is { } certificate && valid)
            {
                Commit(new DecidedBlock(candidate.Block, candidate.Hash, certificate));
            }
            else if (candidate.Certificate is not null)
            {
                throw new InvalidDecisionException(candidate.Block.Header.Height, candidate.Hash);
            }
            else
            {
                Feed(new ConsensusInput.BlockChecked(candidate.Hash, valid));
            }
        }
    }

    private void Feed(ConsensusInput input)
    {
        _inputs.Enqueue(input);
        if (_stepping)
        {
            return;
        }

        _stepping = true;
        try
        {
            while (Committing is null && _inputs.TryDequeue(out var next))
            {
                var (round, step, held) = (_state.Round, _state.Step, _state.Started);
                var result = _rules(_state, next);
                _state = result.State;
                if ((round, step, held) != (_state.Round, _state.Step, _state.Started))
                {
                    _progressAt = _context.Elapsed;
                }

                foreach (var effect in result.Effects)
                {
                    CarryOut(effect);
                }
            }
        }
        finally
        {
            _inputs.Clear();
            _stepping = false;
        }
    }

    private void Consider(Block block, BlockHash hash, int source)
    {
        if (_candidates.Consider(block, hash, source) is { Valid: not null } candidate)
        {
            Judged(candidate);
        }
    }

    private void CarryOut(ConsensusEffect effect)
    {
        switch (effect)
        {
            case ConsensusEffect.RequestBlock e:
                _wantedRound = e.Round;
                break;
            case ConsensusEffect.CheckBlock e:
                Consider(e.Proposal.Block, e.Proposal.BlockHash, _context.MemberOf(e.Proposal.Proposer));
                break;
            case ConsensusEffect.SignProposal e:
                _safety.Sign(e.Unsigned, e.Safety);
                break;
            case ConsensusEffect.SignVote e:
                _safety.Sign(e.Unsigned, e.Safety);
                break;
            case ConsensusEffect.StartTimeout e:
                _context.SetTimer(new ReplicaTimer.Consensus(_state.Height, e.Round, e.Step), e.Milliseconds);
                break;
            case ConsensusEffect.FetchDecided e:
                if (e.Certificate.Block == _state.ValidBlockHash)
                {
                    Consider(_state.ValidBlock!, e.Certificate.Block, source: -1);
                }

                foreach (var signature in e.Certificate.Signatures)
                {
                    _candidates.AddSource(e.Certificate.Block, _context.MemberOf(signature.Validator));
                }

                _context.Broadcast(new PeerMessage.BlocksWanted(_context.NextHeight));
                break;
            case ConsensusEffect.Decide e:
                Commit(new DecidedBlock(e.Block, e.Certificate.Block, e.Certificate));
                break;
            case ConsensusEffect.ReportEvidence e:
                _context.Emit(new ReplicaEffect.ReportEvidence(e.Evidence));
                break;
        }
    }
}
