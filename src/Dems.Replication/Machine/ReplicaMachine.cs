using Dems.Core.Consensus;
using Dems.Core.Governance;
using Dems.Core.Ledger;
using Dems.Replication.Ports;
using Dems.Replication.Protocol;

namespace Dems.Replication.Machine;

/// <summary>
/// What a member does with one chain, as a step function: inputs (frames, timers, answers of the disk) in, effects out. It holds no clock, lock, task or
/// connection; the shell carries the effects out, in production on real disks and sockets, in the simulation on simulated ones. It knows nothing of grains.
/// </summary>
public sealed class ReplicaMachine
{
    /// <summary>Unordered entries older than this are pushed again: they may have missed some peers.</summary>
    private const int PushAgainAfterMs = 3_000;

    private const int PushAgainEntries = 256;

    private readonly StepContext _context;
    private readonly SafetyBook _safety;
    private readonly CandidateBook _candidates;
    private readonly PromiseBook _promises;
    private readonly StartGuard _guard;
    private readonly CatchUp _catchUp;
    private readonly HeightDriver _driver;
    private long _pushedAt;
    private bool _stopped;

    /// <summary>Takes up what the disk holds. Nothing happens before <see cref="Begin"/>.</summary>
    /// <exception cref="DamageException">The safety row does not decode.</exception>
    public ReplicaMachine(ReplicaIdentity identity, ReplicaLimits limits, ReplicaStart start)
        : this(identity, limits, start, Tendermint.Step)
    {
    }

    /// <summary>With other rules of consensus than the product's: the simulation proves with it that a broken rule is noticed.</summary>
    internal ReplicaMachine(ReplicaIdentity identity, ReplicaLimits limits, ReplicaStart start, Func<HeightState, ConsensusInput, ConsensusStep> rules)
    {
        if (!SafetyState.TryDecode(start.Safety?.State ?? default, out var state, out var error))
        {
            throw new DamageException(new Damage("safety", "safety", start.Safety!.Position.Height, "row", error));
        }

        _context = new StepContext(identity, limits, start.Tip);
        foreach (var entry in start.Pending)
        {
            _context.Pending.Add(entry);
        }

        _safety = new SafetyBook(_context, start.Safety, state);
        _candidates = new CandidateBook(_context);
        _promises = new PromiseBook(_context);
        _guard = new StartGuard(_context, start);
        _catchUp = new CatchUp(_context);
        _driver = new HeightDriver(_context, _safety, _candidates, _guard, start.Safety is null ? null : state.Safety, rules);
        _driver.OpenHeight();
    }

    /// <summary>Where the replica stands.</summary>
    public ReplicaStanding Standing => new(
        _context.Tip,
        _driver.Round,
        _driver.Step,
        _context.Pending.Count,
        _context.Pending.Bytes,
        _catchUp.Behind,
        _guard.Ready,
        _guard.RolledBack ? _guard.AbstainThrough : null,
        [.. _catchUp.Heads]);

    /// <summary>The first step.</summary>
    public IReadOnlyList<ReplicaEffect> Begin(BlockTime now)
    {
        _context.Now = now;
        if (StopsAtProtocol())
        {
            return _context.TakeEffects();
        }

        _context.SetTimer(new ReplicaTimer.Tick(), _context.Limits.TickMs);
        _guard.Begin();
        SayStanding();
        return Finish(wasReady: false);
    }

    /// <summary>One step. Effects are to be carried out in order.</summary>
    public IReadOnlyList<ReplicaEffect> Step(ReplicaInput input, BlockTime now)
    {
        if (_stopped)
        {
            return [];
        }

        _context.Now = now;
        try
        {
            return Take(input);
        }
        catch (InvalidDecisionException e)
        {
            // Nothing that this step wanted is done: neither side of the split gets a signature.
            _stopped = true;
            _context.TakeEffects();
            return [new ReplicaEffect.Stop(e.Message, ForGood: true)];
        }
    }

    private IReadOnlyList<ReplicaEffect> Take(ReplicaInput input)
    {
        var wasReady = _guard.Ready;
        switch (input)
        {
            case ReplicaInput.FrameReceived i:
                foreach (var message in i.Frame.Messages)
                {
                    Receive(i.Frame.From, message);
                }

                break;
            case ReplicaInput.TimerFired i:
                OnTimer(i.Timer);
                break;
            case ReplicaInput.Admitted i:
                OnAdmitted(i);
                break;
            case ReplicaInput.BodiesOpened i:
                OnOpened(i);
                break;
            case ReplicaInput.SafetyWritten i:
                OnSafetyWritten(i.Row);
                break;
            case ReplicaInput.BlockCommitted i:
                OnCommitted(i.Block, i.Roots);
                break;
        }

        return Finish(wasReady);
    }

    private IReadOnlyList<ReplicaEffect> Finish(bool wasReady)
    {
        if (_stopped)
        {
            return _context.TakeEffects();
        }

        if (!wasReady && _guard.Ready && _driver.Committing is null)
        {
            _driver.OpenHeight();
        }

        _driver.Drive();
        _safety.Flush();
        return _context.TakeEffects();
    }

    private void Receive(int from, PeerMessage message)
    {
        if (from < 0 || from >= _context.Identity.MemberCount || from == _context.Identity.Member)
        {
            return;
        }

        switch (message)
        {
            case PeerMessage.VoteCast m:
                HearHeight(from, m.Vote.Height);
                _driver.Receive(from, m);
                break;
            case PeerMessage.BlockProposed m:
                HearHeight(from, m.Proposal.Height);
                _driver.Receive(from, m);
                break;
            case PeerMessage.EntriesSent m:
                _context.Emit(new ReplicaEffect.OpenBodies(from, m.WantPromise, m.Entries));
                break;
            case PeerMessage.PromiseGiven m:
                _promises.Received(from, m.Promise);
                break;
            case PeerMessage.BodiesWanted m:
                _context.Emit(new ReplicaEffect.SendBodies(from, m.Leaves));
                break;
            case PeerMessage.Standing m:
                OnStanding(from, m);
                break;
            case PeerMessage.BlocksWanted m:
                if (m.From <= _context.Tip.Height && m.From > Height.Genesis)
                {
                    _context.Emit(new ReplicaEffect.SendBlocks(from, m.From));
                }

                break;
            case PeerMessage.BlockDecided m:
                OnDecided(from, m);
                break;
            case PeerMessage.VotesWanted m:
                var proof = _context.Tip.Head?.Certificate;
                _context.Send(from, new PeerMessage.VotesReported(m.Nonce, _context.Tip.Height, proof, _safety.SeenOf(from)));

                // It starts, and what was said of the running height was said without it: it can join in at once rather than at the next height.
                _driver.Retransmit(from);
                break;
            case PeerMessage.SnapshotWanted m:
                if (m.Above < _context.Tip.Height)
                {
                    _context.Emit(new ReplicaEffect.OfferSnapshot(from, m.Above));
                }

                break;
            case PeerMessage.ChunkWanted m:
                if (m.Height > Height.Genesis)
                {
                    _context.Emit(new ReplicaEffect.SendChunk(from, m.Height, m.Index));
                }

                break;
            case PeerMessage.VotesReported m:
                _guard.Answered(from, m);
                _catchUp.Heard(from, m.Head);
                break;
        }
    }

    private void OnTimer(ReplicaTimer timer)
    {
        switch (timer)
        {
            case ReplicaTimer.Tick:
                _context.SetTimer(timer, _context.Limits.TickMs);
                _guard.Tick();
                _promises.Tick();
                _catchUp.Tick();
                SayStanding();
                PushOldAgain();
                break;
            case ReplicaTimer.Consensus t:
                _driver.TimeoutElapsed(t);
                break;
            case ReplicaTimer.Fetch t:
                if (t.Height == _context.NextHeight)
                {
                    _candidates.FetchAgain();
                }

                break;
            case ReplicaTimer.StartGrace t:
                _guard.GraceOver(t.Nonce);
                break;
            case ReplicaTimer.NextBlock:
                break;
        }
    }

    private void OnAdmitted(ReplicaInput.Admitted input)
    {
        foreach (var entry in input.Entries)
        {
            _context.Pending.Add(entry);
        }

        _promises.Push(input.Entries, input.Bodies);
        _driver.Judged(_candidates.Arrived([.. input.Entries.Select(e => new OpenedBody(e.Leaf, e, Ordered: false))]));
    }

    private void OnOpened(ReplicaInput.BodiesOpened input)
    {
        foreach (var body in input.Bodies)
        {
            if (body is { Entry: { } entry, Ordered: false })
            {
                _context.Pending.Add(entry);
            }
        }

        if (input.WantPromise)
        {
            _promises.Give(input.From, input.Bodies);
        }

        _driver.Judged(_candidates.Arrived(input.Bodies));
    }

    private void OnSafetyWritten(SafetyRow? row)
    {
        if (row is null)
        {
            _stopped = true;
            _context.Emit(new ReplicaEffect.Stop("Another activation owns the safety row of this chain.", ForGood: false));
            return;
        }

        _driver.Leave(_safety.Written(row));
    }

    private void OnCommitted(DecidedBlock block, ExecutedRoots roots)
    {
        _context.Tip = _context.Tip.After(block, roots);
        _context.Pending.Ordered(block.Block.Leaves);
        if (StopsAtProtocol())
        {
            return;
        }

        _driver.NextHeight();
        if (_catchUp.TakeEarly() is { } early)
        {
            OnDecided(early.From, early.Message);
        }
        else if (_catchUp.Behind)
        {
            _catchUp.Tick();
        }
    }

    /// <summary>Whether the next block is made by rules that this software does not know: then it must neither vote nor follow.</summary>
    private bool StopsAtProtocol()
    {
        var version = _context.Tip.Roots.ProtocolVersion;
        _stopped |= version > ProtocolRecord.NewestKnown;
        if (_stopped)
        {
            _context.Emit(new ReplicaEffect.Stop(
                $"Protocol version {version} is in force from block {_context.NextHeight} on, this software knows versions up to {ProtocolRecord.NewestKnown}. Install a newer one and start again.",
                ForGood: true));
        }

        return _stopped;
    }

    private void OnStanding(int from, PeerMessage.Standing standing)
    {
        _catchUp.Heard(from, standing.Head);
        if (standing.Stuck && standing.Head < _context.Tip.Height)
        {
            _context.Emit(new ReplicaEffect.SendBlocks(from, standing.Head.Next));
        }
        else if (standing.Stuck && standing.Head == _context.Tip.Height)
        {
            _driver.Retransmit(from);
            if (_driver.Round < 0 && standing.Round >= 0)
            {
                // The height is open there, and nothing of it came here: ask for what the peer has.
                _context.Send(from, new PeerMessage.Standing(_context.Tip.Height, _driver.Round, Stuck: true));
            }
        }
    }

    private void OnDecided(int from, PeerMessage.BlockDecided message)
    {
        _catchUp.Heard(from, message.Block.Height);
        if (_driver.Committing is not null || !_catchUp.Take(from, message) || !_candidates.LeavesMatch(message.Block.Block))
        {
            return;
        }

        var candidate = _candidates.Consider(message.Block.Block, message.Block.Hash, from);
        if (candidate is null || candidate.Certificate is not null)
        {
            return;
        }

        candidate.Certificate = message.Block.Certificate;
        if (candidate.Valid is not null)
        {
            _driver.Judged([candidate]);
        }
        else
        {
            _context.Emit(new ReplicaEffect.OpenBodies(from, WantPromise: false, message.Bodies));
        }
    }

    private void HearHeight(int from, Height height)
    {
        if (height > _context.NextHeight)
        {
            _catchUp.Heard(from, height.Previous);
        }
    }

    private void SayStanding() =>
        _context.Broadcast(new PeerMessage.Standing(_context.Tip.Height, _driver.Round, _driver.IsStuck));

    private void PushOldAgain()
    {
        var old = _context.Pending.Oldest(PushAgainEntries).TakeWhile(e => e.ReceivedAt.Plus(PushAgainAfterMs) < _context.Now || e.ReceivedAt > _context.Now).ToList();
        if (old.Count == 0 || _context.Elapsed < _pushedAt + PushAgainAfterMs)
        {
            return;
        }

        _pushedAt = _context.Elapsed;
        for (var member = 0; member < _context.Identity.MemberCount; member++)
        {
            if (member != _context.Identity.Member)
            {
                _context.Emit(new ReplicaEffect.SendBodies(member, [.. old.Select(e => e.Leaf)]));
            }
        }
    }
}
