using Dems.Core.Ledger;
using Dems.Core.Ledger.Entries;
using Dems.Replication.Machine;
using Dems.Replication.Ports;
using Dems.Replication.Protocol;

namespace Dems.Replication.Shell;

/// <summary>
/// The slow effects of a replica: opening what peers sent, and serving them bodies and blocks from the disk. They run beside the pump, a bounded number at a
/// time; what is too much is dropped, since every peer asks again.
/// </summary>
internal sealed class PeerServer(ReplicaPorts ports, Action<int, PeerMessage> send, Action<ReplicaInput> post, Action<Exception> failed)
{
    /// <summary>Requests of peers served at once.</summary>
    public const int MaxServing = 8;

    /// <summary>Bodies of one answer: 4 MiB.</summary>
    private const long MaxAnswerBytes = 4L * 1024 * 1024;

    private readonly SnapshotDesk _snapshots = new(ports);
    private int _serving;

    /// <summary>Opens, stores and caches bodies, then reports what they are.</summary>
    public async Task OpenAsync(ReplicaEffect.OpenBodies effect, CancellationToken cancellationToken)
    {
        try
        {
            var opened = await OpenOnceAsync(effect.Bodies, cancellationToken);
            var now = new BlockTime(ports.Time.GetUtcNow().ToUnixTimeMilliseconds());
            var sound = opened.OfType<OpenedEntry>().Select(e => Pooling.Of(e, now)).ToList();
            var unordered = await ports.Mempool.StoreBodiesAsync(sound, cancellationToken);
            var results = new List<OpenedBody>(opened.Count);
            var next = 0;
            for (var i = 0; i < opened.Count; i++)
            {
                if (opened[i] is not { } entry)
                {
                    results.Add(new OpenedBody(EntryNames.LeafOf(effect.Bodies[i].Span), Entry: null, Ordered: false));
                    continue;
                }

                var isNew = unordered[next];
                results.Add(new OpenedBody(entry.Leaf, PendingEntry.Of(sound[next++]), Ordered: !isNew));
                if (isNew)
                {
                    ports.Cache.Add(entry);
                }
            }

            post(new ReplicaInput.BodiesOpened(effect.From, effect.WantPromise, results));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopping: peers will send again.
        }
        catch (StorageException e)
        {
            failed(e);
        }
    }

    /// <summary>Sends the bodies held of those asked for.</summary>
    public Task SendBodiesAsync(ReplicaEffect.SendBodies effect, CancellationToken cancellationToken) => ServeAsync(async () =>
    {
        var bodies = new List<ReadOnlyMemory<byte>>(effect.Leaves.Count);
        var bytes = 0L;
        foreach (var leaf in effect.Leaves)
        {
            var body = ports.Cache.TryGet(leaf, out var entry) ? entry.Bytes : await ports.Mempool.ReadBodyAsync(leaf, cancellationToken);
            if (body is { } held && bytes + held.Length <= MaxAnswerBytes)
            {
                bytes += held.Length;
                bodies.Add(held);
            }
        }

        if (bodies.Count > 0)
        {
            send(effect.To, new PeerMessage.EntriesSent(bodies, WantPromise: false));
        }
    });

    /// <summary>Sends decided blocks with their bodies, as many as fit into one answer, at least one.</summary>
    public Task SendBlocksAsync(ReplicaEffect.SendBlocks effect, CancellationToken cancellationToken) => ServeAsync(async () =>
    {
        var bytes = 0L;
        for (var height = effect.From; bytes < MaxAnswerBytes && height.Value < effect.From.Value + CatchUp.Window; height = height.Next)
        {
            if (await ports.Chain.ReadBlockAsync(height, cancellationToken) is not { } block)
            {
                return;
            }

            var entries = await ports.Chain.ReadEntriesAsync(block.FirstIndex, block.Block.Leaves.Count, cancellationToken);
            bytes += 4_096 + entries.Sum(e => (long)e.Bytes.Length);
            send(effect.To, new PeerMessage.BlockDecided(block, [.. entries.Select(e => e.Bytes)]));
        }
    });

    /// <summary>Offers the newest stored state above a height.</summary>
    public Task OfferSnapshotAsync(ReplicaEffect.OfferSnapshot effect, CancellationToken cancellationToken) => ServeAsync(async () =>
    {
        if (await _snapshots.OfferAsync(effect.Above, cancellationToken) is { } offer)
        {
            send(effect.To, new PeerMessage.SnapshotOffered(offer));
        }
    });

    /// <summary>Sends a chunk of a stored state.</summary>
    public Task SendChunkAsync(ReplicaEffect.SendChunk effect, CancellationToken cancellationToken) => ServeAsync(async () =>
    {
        if (await _snapshots.ReadChunkAsync(effect.Height, effect.Index, cancellationToken) is { } chunk)
        {
            send(effect.To, new PeerMessage.ChunkSent(effect.Height, effect.Index, chunk));
        }
    });

    private async Task<List<OpenedEntry?>> OpenOnceAsync(IReadOnlyList<ReadOnlyMemory<byte>> bodies, CancellationToken cancellationToken)
    {
        var result = new List<OpenedEntry?>(bodies.Count);
        var unknown = new List<ReadOnlyMemory<byte>>();
        foreach (var body in bodies)
        {
            if (ports.Cache.TryGet(EntryNames.LeafOf(body.Span), out var known))
            {
                result.Add(known);
            }
            else
            {
                result.Add(null);
                unknown.Add(body);
            }
        }

        if (unknown.Count > 0)
        {
            var opened = await ports.Opener.OpenAsync(unknown, cancellationToken);
            var next = 0;
            for (var i = 0; i < result.Count; i++)
            {
                result[i] ??= opened[next++];
            }
        }

        return result;
    }

    private async Task ServeAsync(Func<Task> serve)
    {
        // The pump may run on a scheduler of one thread or on the pool: the count must be right on both, or it would drift until nobody is served.
        if (Interlocked.Increment(ref _serving) > MaxServing)
        {
            Interlocked.Decrement(ref _serving);
            return;
        }

        try
        {
            await serve();
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
        catch (DamageException e)
        {
            // Never serve damaged bytes; the scan at start and `verify` report the place, a peer repairs it.
            failed(e);
        }
        catch (StorageException e)
        {
            failed(e);
        }
        finally
        {
            Interlocked.Decrement(ref _serving);
        }
    }
}
