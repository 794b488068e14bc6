using System.Threading.Channels;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Entries;
using Dems.Replication.Machine;
using Dems.Replication.Ports;
using Dems.Replication.Protocol;

namespace Dems.Replication.Shell;

/// <summary>
/// Carries out what a <see cref="ReplicaMachine"/> decides: one inbox, one pump. Delivering only enqueues; the pump steps the machine over all that waits, writes
/// the safety row (several messages in one transaction), then sends. Nothing in it waits for a peer. It runs on the scheduler of whoever awaits
/// <see cref="RunAsync"/>, a grain's for example.
/// </summary>
public sealed class ChainReplica
{
    /// <summary>Frames that may wait in the inbox; more are refused as busy.</summary>
    public const int MaxWaitingFrames = 1_024;

    private const int MaxTurn = 256;

    private readonly ReplicaIdentity _identity;
    private readonly ReplicaLimits _limits;
    private readonly ReplicaPorts _ports;
    private readonly IReplicaObserver _observer;
    private readonly Channel<ReplicaInput> _inbox = Channel.CreateUnbounded<ReplicaInput>(new UnboundedChannelOptions { SingleReader = true });
    private readonly WaitingRoom<IReadOnlyList<EntryPromise>> _promises = new();
    private readonly WaitingRoom<Height> _finals = new();
    private readonly Outbox _outbox;
    private readonly PeerServer _server;
    private readonly ReplicaMachine _machine;
    private volatile ReplicaStanding _standing;
    private int _waitingFrames;
    private string? _stopReason;
    private bool _stoppedForGood;

    private ChainReplica(
        ReplicaIdentity identity, ReplicaLimits limits, ReplicaPorts ports, IReplicaObserver observer, ReplicaStart start)
    {
        (_identity, _limits, _ports, _observer) = (identity, limits, ports, observer);
        _outbox = new Outbox(identity, ports.Peers);
        _server = new PeerServer(ports, _outbox.SendNow, Post, observer.Faulted);
        _machine = new ReplicaMachine(identity, limits, start);
        _standing = _machine.Standing;
    }

    /// <summary>Where the replica stands, as of the last turn of the pump.</summary>
    public ReplicaStanding Standing => _standing;

    /// <summary>Why the replica stopped by itself; null while it runs.</summary>
    public string? StopReason => _stopReason;

    /// <summary>Whether it stopped for a reason that a new start does not cure.</summary>
    public bool StoppedForGood => _stoppedForGood;

    /// <summary>
    /// Reads the disk: the newest block, its state (executing what the executor has not), the pending entries and the safety row, which this activation takes
    /// over. Throws <see cref="StorageException"/> if the disk does not answer.
    /// </summary>
    /// <param name="nonce">A random number that no earlier start used.</param>
    /// <param name="isPartial">Whether blocks below the tip are still missing.</param>
    public static async Task<ChainReplica> OpenAsync(
        ReplicaIdentity identity, ReplicaLimits limits, ReplicaPorts ports, IReplicaObserver observer, long nonce, bool isPartial, CancellationToken cancellationToken)
    {
        var tip = await ReadTipAsync(identity, ports, cancellationToken);
        var pending = await ports.Mempool.LoadPendingAsync(cancellationToken);
        var safety = await ports.Safety.TakeOverAsync(cancellationToken);
        var highWater = await ports.Safety.ReadHighWaterAsync(cancellationToken);
        return new ChainReplica(identity, limits, ports, observer, new ReplicaStart(tip, pending, safety, highWater, nonce) { IsPartial = isPartial });
    }

    /// <summary>The pump. Returns when cancelled or when the machine stops; throws when the disk fails, after which this replica must be dropped.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await CarryOutAsync(_machine.Begin(Now()), cancellationToken);
        _outbox.Flush();
        _standing = _machine.Standing;
        var turn = new List<ReplicaEffect>();
        while (_stopReason is null && await _inbox.Reader.WaitToReadAsync(cancellationToken))
        {
            for (var i = 0; i < MaxTurn && _inbox.Reader.TryRead(out var input); i++)
            {
                if (input is ReplicaInput.FrameReceived)
                {
                    Interlocked.Decrement(ref _waitingFrames);
                }

                turn.AddRange(_machine.Step(input, Now()));
            }

            await CarryOutAsync(turn, cancellationToken);
            turn.Clear();
            _outbox.Flush();
            _standing = _machine.Standing;
        }
    }

    /// <summary>Takes in a frame whose signature was checked. False when too many wait: the peer sends again.</summary>
    public bool TryDeliver(PeerFrame frame)
    {
        if (Interlocked.Increment(ref _waitingFrames) > MaxWaitingFrames)
        {
            Interlocked.Decrement(ref _waitingFrames);
            return false;
        }

        Post(new ReplicaInput.FrameReceived(frame));
        return true;
    }

    /// <summary>
    /// Submits opened entries. Safe to call from anywhere. Each is answered by itself; the wait for promises ends with the token, and what is not promised by
    /// then is still stored and will be ordered.
    /// </summary>
    public async Task<IReadOnlyList<SubmitReply>> SubmitAsync(IReadOnlyList<OpenedEntry> entries, WaitLevel wait, CancellationToken cancellationToken)
    {
        var standing = _standing;
        if (standing.PendingEntries + entries.Count > _limits.MaxPendingEntries
            || standing.PendingBytes + entries.Sum(e => (long)e.Bytes.Length) > _limits.MaxPendingBytes)
        {
            return [.. entries.Select(e => new SubmitReply(SubmitOutcome.Busy, e.Content, e.Content, OrderedAt: null, []))];
        }

        var now = Now();
        var pooled = entries.Select(e => Pooling.Of(e, now)).ToList();
        var admissions = await _ports.Mempool.AdmitAsync(pooled, cancellationToken);
        var announced = new List<(PendingEntry Entry, ReadOnlyMemory<byte> Body)>(entries.Count);
        for (var i = 0; i < entries.Count; i++)
        {
            if (admissions[i].Outcome == AdmissionOutcome.Stored)
            {
                _ports.Cache.Add(entries[i]);
                announced.Add((PendingEntry.Of(pooled[i]), pooled[i].Bytes));
            }
            else if (wait == WaitLevel.Promise
                && admissions[i] is { Outcome: AdmissionOutcome.Duplicate, OrderedAt: null } held
                && await _ports.Mempool.ReadBodyAsync(held.Leaf, cancellationToken) is { } body)
            {
                announced.Add((PendingEntry.Of(pooled[i]) with { Leaf = held.Leaf, Size = body.Length }, body));
            }
        }

        var waits = wait == WaitLevel.Promise
            ? announced.DistinctBy(a => a.Entry.Leaf).ToDictionary(a => a.Entry.Leaf, a => _promises.Enter(a.Entry.Content))
            : [];
        if (announced.Count > 0)
        {
            Post(new ReplicaInput.Admitted([.. announced.Select(a => a.Entry)], [.. announced.Select(a => a.Body)]));
        }

        return await AnswerAsync(entries, admissions, waits, cancellationToken);
    }

    /// <summary>Waits until a content id is final; its place on the chain. The wait ends with the token.</summary>
    public async Task<StoredEntry?> WaitFinalAsync(ContentId content, CancellationToken cancellationToken)
    {
        var final = _finals.Enter(content);
        try
        {
            if (await _ports.Chain.FindByContentAsync(content, cancellationToken) is { } found)
            {
                return found;
            }

            await final.WaitAsync(cancellationToken);
            return await _ports.Chain.FindByContentAsync(content, cancellationToken);
        }
        finally
        {
            _finals.Leave(content, final);
        }
    }

    private static async Task<ChainTip> ReadTipAsync(ReplicaIdentity identity, ReplicaPorts ports, CancellationToken cancellationToken)
    {
        var head = await ports.Chain.ReadHeadAsync(cancellationToken);
        var roots = await ports.Executor.ReadRootsAsync(cancellationToken);
        var target = head?.Height ?? Height.Genesis;
        if (roots.Height > target)
        {
            throw new StorageException($"The executed state is at block {roots.Height}, above the stored head {target}.");
        }

        while (roots.Height < target)
        {
            var block = await ports.Chain.ReadBlockAsync(roots.Height.Next, cancellationToken)
                ?? throw new DamageException(new Damage("chain", "block", roots.Height.Next, "row", "is missing"));
            var header = block.Block.Header;
            if (header.StateRoot != roots.StateRoot || header.ResultsRoot != roots.ResultsRoot)
            {
                throw new DamageException(new Damage("chain", "block", block.Height, $"height {block.Height}", "commits to another state than the blocks before it give here"));
            }

            roots = await ports.Executor.ExecuteAsync(block, cancellationToken);
        }

        var frontier = await ports.Chain.ReadFrontierAsync(cancellationToken);
        return head is null
            ? new ChainTip(Head: null, new BlockHash(identity.Genesis.Hash), identity.Genesis.CreatedAt, frontier, roots)
            : new ChainTip(head, head.Hash, head.Block.Header.Time, frontier, roots);
    }

    private async Task<IReadOnlyList<SubmitReply>> AnswerAsync(
        IReadOnlyList<OpenedEntry> entries,
        IReadOnlyList<Admission> admissions,
        Dictionary<LeafHash, Task<IReadOnlyList<EntryPromise>>> waits,
        CancellationToken cancellationToken)
    {
        var replies = new SubmitReply[entries.Count];
        for (var i = 0; i < entries.Count; i++)
        {
            var admission = admissions[i];
            IReadOnlyList<EntryPromise> promises = [];
            if (waits.TryGetValue(admission.Leaf, out var wait))
            {
                try
                {
                    promises = await wait.WaitAsync(cancellationToken);
                }
                catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
                {
                    _promises.Leave(admission.Content, wait);
                }
            }

            var outcome = admission.Outcome switch
            {
                AdmissionOutcome.Stored => SubmitOutcome.Accepted,
                AdmissionOutcome.Duplicate => SubmitOutcome.Duplicate,
                _ => SubmitOutcome.SequenceTaken,
            };
            replies[i] = new SubmitReply(outcome, entries[i].Content, admission.Content, admission.OrderedAt, promises);
        }

        return replies;
    }

    private async Task CarryOutAsync(IReadOnlyList<ReplicaEffect> effects, CancellationToken cancellationToken)
    {
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case ReplicaEffect.Send e:
                    _outbox.Send(e.To, e.Message);
                    break;
                case ReplicaEffect.Broadcast e:
                    _outbox.Broadcast(e.Message);
                    break;
                case ReplicaEffect.SetTimer e:
                    StartTimer(e);
                    break;
                case ReplicaEffect.WriteSafety e:
                    await CarryOutAsync(_machine.Step(await WriteSafetyAsync(e, cancellationToken), Now()), cancellationToken);
                    break;
                case ReplicaEffect.CommitBlock e:
                    await CarryOutAsync(_machine.Step(await CommitAsync(e, cancellationToken), Now()), cancellationToken);
                    break;
                case ReplicaEffect.OpenBodies e:
                    _ = _server.OpenAsync(e, cancellationToken);
                    break;
                case ReplicaEffect.SendBodies e:
                    _ = _server.SendBodiesAsync(e, cancellationToken);
                    break;
                case ReplicaEffect.SendBlocks e:
                    _ = _server.SendBlocksAsync(e, cancellationToken);
                    break;
                case ReplicaEffect.OfferSnapshot e:
                    _ = _server.OfferSnapshotAsync(e, cancellationToken);
                    break;
                case ReplicaEffect.SendChunk e:
                    _ = _server.SendChunkAsync(e, cancellationToken);
                    break;
                case ReplicaEffect.Promised e:
                    foreach (var (content, promises) in EntryPromise.Of(e.Contents, e.Promises))
                    {
                        _promises.Call(content, promises);
                    }

                    break;
                case ReplicaEffect.ReportEvidence e:
                    _observer.EvidenceFound(e.Evidence);
                    break;
                case ReplicaEffect.Stop e:
                    (_stopReason, _stoppedForGood) = (e.Reason, e.ForGood);
                    _observer.Stopped(e.Reason);
                    break;
            }
        }
    }

    private async Task<ReplicaInput> WriteSafetyAsync(ReplicaEffect.WriteSafety effect, CancellationToken cancellationToken)
    {
        if (effect.ExpectedVersion is { } version)
        {
            var owned = await _ports.Safety.WriteAsync(effect.Row, version, cancellationToken);
            return new ReplicaInput.SafetyWritten(owned ? effect.Row : null);
        }

        await _ports.Safety.RecreateAsync(effect.Row, cancellationToken);
        return new ReplicaInput.SafetyWritten(effect.Row);
    }

    private async Task<ReplicaInput> CommitAsync(ReplicaEffect.CommitBlock effect, CancellationToken cancellationToken)
    {
        var block = effect.Block;
        await _ports.Chain.AppendAsync(block, cancellationToken);
        var roots = await _ports.Executor.ExecuteAsync(block, cancellationToken);
        foreach (var content in effect.Contents)
        {
            _finals.Call(content, block.Height);

            // What is final needs no promise any more.
            _promises.Call(content, []);
        }

        _observer.Committed(block, roots);
        return new ReplicaInput.BlockCommitted(block, roots);
    }

    private void StartTimer(ReplicaEffect.SetTimer effect)
    {
        ITimer? timer = null;
        timer = _ports.Time.CreateTimer(
            _ =>
            {
                Post(new ReplicaInput.TimerFired(effect.Timer));
                timer?.Dispose();
            },
            state: null,
            TimeSpan.FromMilliseconds(effect.Milliseconds),
            Timeout.InfiniteTimeSpan);
    }

    private void Post(ReplicaInput input) => _inbox.Writer.TryWrite(input);

    private BlockTime Now() => new(_ports.Time.GetUtcNow().ToUnixTimeMilliseconds());
}
