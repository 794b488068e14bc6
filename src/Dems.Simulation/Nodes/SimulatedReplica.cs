using Dems.Core.Ledger;
using Dems.Core.Ledger.Entries;
using Dems.Core.Ledger.Merkle;
using Dems.Replication.Machine;
using Dems.Replication.Ports;
using Dems.Replication.Protocol;
using Dems.Replication.Shell;
using Dems.Simulation.Faults;
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
    private readonly Mutation _mutation;
    private readonly Queue<ReplicaInput> _inbox = new();
    private readonly Stack<ReplicaEffect> _effects = new();
    private ReplicaMachine? _machine;
    private readonly Func<ISimulatedExecutor> _newExecutor;
    private ISimulatedExecutor _executor = null!;
    private Outbox _outbox = null!;
    private int _incarnation;
    private int? _effectsUntilCrash;
    private Func<PeerMessage, bool>? _crashAt;
    private bool _busy;
    private bool _pumpScheduled;

    public SimulatedReplica(
        EventLoop loop,
        Trace trace,
        SimulationRandom random,
        ReplicaIdentity identity,
        ReplicaLimits limits,
        EntryBook entries,
        Func<ISimulatedExecutor> newExecutor,
        IReplicaWatcher watcher,
        NodeTransport transport,
        Mutation mutation)
    {
        (_loop, _trace, _random, _identity, _limits) = (loop, trace, random, identity, limits);
        (_entries, _newExecutor, _watcher, _transport, _mutation) = (entries, newExecutor, watcher, transport, mutation);
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

    /// <summary>Takes up what the disk holds, as the product's shell does when it opens.</summary>
    public void Start()
    {
        if (IsUp)
        {
            return;
        }

        _incarnation++;
        if (_mutation == Mutation.FreshMissingRow && Disk.Image.Safety is null)
        {
            CreateRow();
        }

        var image = Disk.Image;
        _trace.Add(Index, "start", (ulong)image.Blocks.Count, () => $"at block {image.Blocks.Count}, row {image.Safety?.Position}, mark {image.HighWater}");
        _executor = _newExecutor();
        _outbox = new Outbox(_identity, _transport);
        var tip = ReadTip(image.Blocks);
        _watcher.Started(Index, image.Blocks, image.Safety);
        if (image.Safety is { } row)
        {
            image.Safety = row with { Epoch = row.Epoch + 1 };
        }

        var start = new ReplicaStart(tip, image.LoadPending(), image.Safety, image.HighWater, (long)(_random.NextBits() >> 2));
        _busy = true;
        Try(() =>
        {
            _machine = new ReplicaMachine(_identity, _limits, start, BrokenRules.Of(_mutation));
            Push(_machine.Begin(Clock.Now));
            CarryOut();
        });
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
        CallOffCrash();
        (_busy, _pumpScheduled) = (false, false);
        Disk.Crash();
        _watcher.Crashed(Index);
    }

    /// <summary>The process dies after so many more effects.</summary>
    public void CrashAfter(int effects) => _effectsUntilCrash = effects;

    /// <summary>The process dies when it has signed such a message, and before anybody heard it.</summary>
    public void CrashAtMessage(Func<PeerMessage, bool> which) => _crashAt = which;

    /// <summary>The process does not die after all.</summary>
    public void CallOffCrash() => (_effectsUntilCrash, _crashAt) = (null, null);

    public void Deliver(PeerFrame frame) => Post(new ReplicaInput.FrameReceived(frame));

    /// <summary>A submission by the member itself.</summary>
    public void SubmitOwn(byte[] bytes) => Submit(_entries.Open(bytes)!, () => { });

    /// <summary>A submission, as the product's shell takes it: admitted to the disk, then announced. Promises come to the watcher.</summary>
    /// <param name="entry">What is submitted.</param>
    /// <param name="admitted">Called when it is durable here.</param>
    public void Submit(OpenedEntry entry, Action admitted)
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
                admitted();
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
        Try(() =>
        {
            var turn = new List<ReplicaEffect>();
            for (var i = 0; i < MaxTurn && _inbox.TryDequeue(out var input); i++)
            {
                turn.AddRange(_machine!.Step(input, Clock.Now));
            }

            Push(turn);
            CarryOut();
        });
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
                _watcher.Said(Index, e.Message);
                _outbox.Send(e.To, e.Message);
                return true;
            case ReplicaEffect.Broadcast e:
                _watcher.Said(Index, e.Message);
                _outbox.Broadcast(e.Message);
                if (_crashAt is not null && _crashAt(e.Message))
                {
                    Crash();
                    return false;
                }

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
        if (_mutation == Mutation.SkipSafetyRow)
        {
            Write([], ok => Continue(ok, () => new ReplicaInput.SafetyWritten(effect.Row)));
            return;
        }

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

    private void Commit(DecidedBlock block)
    {
        if (block.Block.Leaves.FirstOrDefault(l => Disk.Image.FindBody(l) is null) is var missing && !missing.Value.IsZero)
        {
            _watcher.Failed(Index, $"decided block {block.Height} without holding the body of {missing}");
            Crash();
            return;
        }

        Write([image => image.Append(block)], ok => Continue(ok, () =>
        {
            var roots = _executor.Execute(block, EntriesOf(block));
            _trace.Add(Index, "commit", Mark(block.Hash), () => $"block {block.Height} {block.Hash.ToString()[..8]}, certificate of round {block.Certificate.Round}, {block.Block.Leaves.Count} entries");
            _watcher.Committed(Index, block, roots);
            return new ReplicaInput.BlockCommitted(block, roots);
        }));
    }

    /// <summary>The disk answered. A failed safety write or commit ends the process, as it ends the product's pump; it is started again later.</summary>
    private void Continue(bool ok, Func<ReplicaInput> answer)
    {
        if (!ok)
        {
            Crash();
            return;
        }

        Try(() =>
        {
            Push(_machine!.Step(answer(), Clock.Now));
            CarryOut();
        });
    }

    /// <summary>The product may throw when it finds itself broken: in production the process would end.</summary>
    private void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            _watcher.Failed(Index, e.ToString());
            Crash();
        }
    }

    private ChainTip ReadTip(IReadOnlyList<DecidedBlock> blocks)
    {
        var frontier = MerkleFrontier.Empty;
        foreach (var block in blocks)
        {
            _executor.Execute(block, EntriesOf(block));
            frontier = frontier.AppendAll(block.Block.Leaves.Select(l => l.Value));
        }

        return blocks.Count == 0
            ? new ChainTip(Head: null, new BlockHash(_identity.Genesis.Hash), _identity.Genesis.CreatedAt, frontier, _executor.Roots)
            : new ChainTip(blocks[^1], blocks[^1].Hash, blocks[^1].Block.Header.Time, frontier, _executor.Roots);
    }

    private List<OpenedEntry> EntriesOf(DecidedBlock block) =>
        [.. block.Block.Leaves.Select(l => _entries.Open(Disk.Image.FindBody(l)!.Bytes)!)];

    private static ulong Mark(BlockHash hash) => BitConverter.ToUInt64(hash.Value.ToArray());

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
