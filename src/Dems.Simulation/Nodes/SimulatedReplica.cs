using Dems.Core.Ledger;
using Dems.Core.Ledger.Entries;
using Dems.Core.Ledger.Merkle;
using Dems.Replication.Machine;
using Dems.Replication.Ports;
using Dems.Replication.Protocol;
using Dems.Replication.Shell;
using Dems.Simulation.Network;
using Dems.Simulation.Storage;
using Dems.Simulation.World;

namespace Dems.Simulation.Nodes;

/// <summary>
/// One member's process: the product's step function, and its effects carried out as the product's shell does, in virtual time. One turn steps the machine
/// over all that waits; then its effects are carried out in order; the safety row and the commit of a block are awaited, the rest completes when it may; messages leave at the end
/// of the turn. The process can be killed between any two effects.
/// </summary>
internal sealed class SimulatedReplica
{
    private const int MaxTurn = 256;

    private readonly EventLoop _loop;
    private readonly Trace _trace;
    private readonly SimulationRandom _random;
    private readonly ReplicaIdentity _identity;
    private readonly ReplicaLimits _limits;
    private readonly EntryBook _entries;
    private readonly IReplicaWatcher _watcher;
    private readonly NodeTransport _transport;
    private readonly Queue<ReplicaInput> _inbox = new();
    private readonly Stack<ReplicaEffect> _effects = new();
    private ReplicaMachine? _machine;
    private HashChainExecutor _executor = null!;
    private Outbox _outbox = null!;
    private int _incarnation;
    private int? _effectsUntilCrash;
    private bool _busy;
    private bool _pumpScheduled;

    public SimulatedReplica(
        EventLoop loop,
        Trace trace,
        SimulationRandom random,
        ReplicaIdentity identity,
        ReplicaLimits limits,
        EntryBook entries,
        IReplicaWatcher watcher,
        NodeTransport transport)
    {
        (_loop, _trace, _random, _identity, _limits) = (loop, trace, random, identity, limits);
        (_entries, _watcher, _transport) = (entries, watcher, transport);
        Clock = new SimulatedClock(loop);
        Disk = new SimulatedDisk(loop, random.Fork());
    }

    public int Index => _identity.Member;

    public SimulatedClock Clock { get; }

    public SimulatedDisk Disk { get; }

    public bool IsUp => _machine is not null;

    public ReplicaStanding? Standing => _machine?.Standing;

    /// <summary>What <c>init</c> does.</summary>
    public void CreateRow() => Disk.Image.Safety = new SafetyRow(1, 0, default, default);

    public void Start()
    {
        if (IsUp)
        {
            return;
        }

        _incarnation++;
        var image = Disk.Image;
        _trace.Add(Index, "start", (ulong)image.Blocks.Count);
        _executor = new HashChainExecutor(_identity.Genesis.Validators);
        _outbox = new Outbox(_identity, _transport);
        var frontier = MerkleFrontier.Empty;
        foreach (var block in image.Blocks)
        {
            _executor.Execute(block);
            frontier = frontier.AppendAll(block.Block.Leaves.Select(l => l.Value));
        }

        var head = image.Blocks.Count == 0 ? null : image.Blocks[^1];
        var tip = head is null
            ? new ChainTip(Head: null, new BlockHash(_identity.Genesis.Hash), _identity.Genesis.CreatedAt, frontier, _executor.Roots)
            : new ChainTip(head, head.Hash, head.Block.Header.Time, frontier, _executor.Roots);
        if (image.Safety is { } row)
        {
            image.Safety = row with { Epoch = row.Epoch + 1 };
        }

        var start = new ReplicaStart(tip, image.LoadPending(), image.Safety, image.HighWater, (long)(_random.NextBits() >> 2));
        _machine = new ReplicaMachine(_identity, _limits, start);
        Push(_machine.Begin(Clock.Now));
        _busy = true;
        CarryOut();
    }

    /// <summary>The process dies; what was not durable is gone.</summary>
    public void Crash()
    {
        if (!IsUp)
        {
            return;
        }

        _trace.Add(Index, "crash");
        _incarnation++;
        _machine = null;
        _inbox.Clear();
        _effects.Clear();
        _effectsUntilCrash = null;
        (_busy, _pumpScheduled) = (false, false);
        Disk.Crash();
        _watcher.Crashed(Index);
    }

    /// <summary>The process dies after so many more effects.</summary>
    public void CrashAfter(int effects) => _effectsUntilCrash = effects;

    public void Deliver(PeerFrame frame) => Post(new ReplicaInput.FrameReceived(frame));

    /// <summary>A submission, as the product's shell takes it: admitted to the disk, then announced. The answer comes to the watcher.</summary>
    public void Submit(OpenedEntry entry)
    {
        if (!IsUp)
        {
            return;
        }

        var pooled = Pooling.Of(entry, Clock.Now);
        Admission admission = default;
        Write([image => admission = image.Admit(pooled)], ok =>
        {
            if (!ok)
            {
                return;
            }

            if (admission.Outcome == AdmissionOutcome.Stored)
            {
                Post(new ReplicaInput.Admitted([PendingEntry.Of(pooled)], [pooled.Bytes]));
            }
            else if (admission is { Outcome: AdmissionOutcome.Duplicate, OrderedAt: null } && Disk.Image.FindBody(admission.Leaf) is { } held)
            {
                Post(new ReplicaInput.Admitted([PendingEntry.Of(held)], [held.Bytes]));
            }
        });
    }

    private void Post(ReplicaInput input)
    {
        if (!IsUp)
        {
            return;
        }

        _inbox.Enqueue(input);
        SchedulePump();
    }

    private void SchedulePump()
    {
        if (!_busy && !_pumpScheduled && _inbox.Count > 0)
        {
            _pumpScheduled = true;
            Later(_random.Between(10, 300), Pump);
        }
    }

    private void Pump()
    {
        _pumpScheduled = false;
        _busy = true;
        var turn = new List<ReplicaEffect>();
        for (var i = 0; i < MaxTurn && _inbox.TryDequeue(out var input); i++)
        {
            turn.AddRange(_machine!.Step(input, Clock.Now));
        }

        Push(turn);
        CarryOut();
    }

    private void Push(IReadOnlyList<ReplicaEffect> effects)
    {
        for (var i = effects.Count - 1; i >= 0; i--)
        {
            _effects.Push(effects[i]);
        }
    }

    /// <summary>Carries effects out until one must be awaited, or to the end of the turn.</summary>
    private void CarryOut()
    {
        while (_effects.TryPop(out var effect))
        {
            if (_effectsUntilCrash is { } left)
            {
                if (left == 0)
                {
                    Crash();
                    return;
                }

                _effectsUntilCrash = left - 1;
            }

            if (!CarryOut(effect))
            {
                return;
            }
        }

        var incarnation = _incarnation;
        _outbox.Flush();
        if (incarnation == _incarnation)
        {
            _busy = false;
            SchedulePump();
        }
    }

    /// <summary>False if the turn goes on later, or never.</summary>
    private bool CarryOut(ReplicaEffect effect)
    {
        switch (effect)
        {
            case ReplicaEffect.Send e:
                _outbox.Send(e.To, e.Message);
                return true;
            case ReplicaEffect.Broadcast e:
                _outbox.Broadcast(e.Message);
                return true;
            case ReplicaEffect.SetTimer e:
                Later(Clock.Timer(e.Milliseconds), () => Post(new ReplicaInput.TimerFired(e.Timer)));
                return true;
            case ReplicaEffect.WriteSafety e:
                WriteSafety(e);
                return false;
            case ReplicaEffect.CommitBlock e:
                Commit(e.Block);
                return false;
            case ReplicaEffect.OpenBodies e:
                OpenBodies(e);
                return true;
            case ReplicaEffect.SendBodies e:
                Later(Disk.ReadTime(), () => SendBodies(e));
                return true;
            case ReplicaEffect.SendBlocks e:
                Later(Disk.ReadTime(), () => SendBlocks(e));
                return true;
            case ReplicaEffect.Promised e:
                _watcher.Promised(Index, e);
                return true;
            case ReplicaEffect.ReportEvidence e:
                _watcher.EvidenceFound(Index, e.Evidence);
                return true;
            case ReplicaEffect.Stop e:
                _watcher.Stopped(Index, e.Reason);
                Crash();
                return false;
            default:
                throw new InvalidOperationException($"No way to carry out {effect.GetType().Name}.");
        }
    }

    private void WriteSafety(ReplicaEffect.WriteSafety effect)
    {
        var owned = false;
        Write(
            [
                image =>
                {
                    owned = effect.ExpectedVersion is not { } version
                        ? image.Safety is null
                        : image.Safety?.Version == version && image.Safety.Epoch == effect.Row.Epoch;
                    image.Safety = owned ? effect.Row : image.Safety;
                },
                image =>
                {
                    if (owned && (image.HighWater is not { } mark || mark.CompareTo(effect.Row.Position) < 0))
                    {
                        image.HighWater = effect.Row.Position;
                    }
                },
            ],
            ok => Continue(ok, () => new ReplicaInput.SafetyWritten(owned ? effect.Row : null)));
    }

    private void Commit(DecidedBlock block) =>
        Write([image => image.Append(block)], ok => Continue(ok, () =>
        {
            var roots = _executor.Execute(block);
            _trace.Add(Index, "commit", BitConverter.ToUInt64(block.Hash.Value.ToArray()), () => $"block {block.Height}, round {block.Certificate.Round}, {block.Block.Leaves.Count} entries");
            _watcher.Committed(Index, block, roots, [.. block.Block.Leaves.Select(l => Disk.Image.FindBody(l)!.Bytes)]);
            return new ReplicaInput.BlockCommitted(block, roots);
        }));

    /// <summary>The disk answered. A failed safety write or commit ends the process, as it ends the product's pump; it is started again later.</summary>
    private void Continue(bool ok, Func<ReplicaInput> answer)
    {
        if (!ok)
        {
            Crash();
            return;
        }

        var input = answer();
        if (IsUp)
        {
            Push(_machine!.Step(input, Clock.Now));
            CarryOut();
        }
    }

    private void OpenBodies(ReplicaEffect.OpenBodies effect)
    {
        var opened = effect.Bodies.Select(_entries.Open).ToList();
        var now = Clock.Now;
        var sound = opened.OfType<OpenedEntry>().Select(e => Pooling.Of(e, now)).ToList();
        var unordered = new bool[sound.Count];
        Write(
            [
                image =>
                {
                    for (var i = 0; i < sound.Count; i++)
                    {
                        unordered[i] = image.StoreBody(sound[i]);
                    }
                },
            ],
            ok =>
            {
                if (!ok)
                {
                    return;
                }

                var next = 0;
                var results = new List<OpenedBody>(opened.Count);
                for (var i = 0; i < opened.Count; i++)
                {
                    results.Add(opened[i] is { } entry
                        ? new OpenedBody(entry.Leaf, PendingEntry.Of(sound[next]), Ordered: !unordered[next++])
                        : new OpenedBody(EntryNames.LeafOf(effect.Bodies[i].Span), Entry: null, Ordered: false));
                }

                Post(new ReplicaInput.BodiesOpened(effect.From, effect.WantPromise, results));
            });
    }

    private void SendBodies(ReplicaEffect.SendBodies effect)
    {
        var bodies = effect.Leaves.Select(Disk.Image.FindBody).OfType<PooledEntry>().Select(e => e.Bytes).ToList();
        if (bodies.Count > 0)
        {
            _outbox.SendNow(effect.To, new PeerMessage.EntriesSent(bodies, WantPromise: false));
        }
    }

    private void SendBlocks(ReplicaEffect.SendBlocks effect)
    {
        foreach (var block in Disk.Image.Blocks.Skip((int)effect.From.Value - 1).Take(CatchUp.Window).ToList())
        {
            _outbox.SendNow(effect.To, new PeerMessage.BlockDecided(block, [.. block.Block.Leaves.Select(l => Disk.Image.FindBody(l)!.Bytes)]));
        }
    }

    private void Write(IReadOnlyList<Action<DiskImage>> parts, Action<bool> done)
    {
        var incarnation = _incarnation;
        Disk.Begin(parts, ok =>
        {
            if (incarnation == _incarnation)
            {
                done(ok);
            }
        });
    }

    /// <summary>Does something later, unless the process has died by then.</summary>
    private void Later(long microseconds, Action action)
    {
        var incarnation = _incarnation;
        _loop.After(microseconds, () =>
        {
            if (incarnation == _incarnation)
            {
                action();
            }
        });
    }
}
