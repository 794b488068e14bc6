using Dems.Core;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Merkle;
using Dems.Replication.Ports;
using Dems.Replication.Protocol;

namespace Dems.Replication.Machine;

/// <summary>
/// Gathers the promises of f + 1 members for submissions made here, and gives promises for what others admitted. Of f + 1 members one is honest, so what is
/// promised is not lost even with this member's disk.
/// </summary>
internal sealed class PromiseBook(StepContext context)
{
    /// <summary>Entries under one promise.</summary>
    public const int MaxGroup = 512;

    /// <summary>Most bytes of bodies in one group: 4 MiB.</summary>
    public const long MaxGroupBytes = 4L * 1024 * 1024;

    /// <summary>Groups awaiting promises at once; the oldest is given up beyond it (its entries stay pending, its senders get no answer and ask again).</summary>
    public const int MaxGroups = 256;

    private const int ResendAfterMs = 1_000;
    private const int MaxSends = 20;

    private readonly LinkedList<Group> _groups = [];

    /// <summary>Pushes entries that are durable here to everybody, with the wish for a promise.</summary>
    public void Push(IReadOnlyList<PendingEntry> entries, IReadOnlyList<ReadOnlyMemory<byte>> bodies)
    {
        var start = 0;
        var bytes = 0L;
        for (var i = 0; i < entries.Count; i++)
        {
            bytes += bodies[i].Length;
            if (i + 1 == entries.Count || i + 1 - start == MaxGroup || bytes + bodies[i + 1].Length > MaxGroupBytes)
            {
                Open([.. entries.Skip(start).Take(i + 1 - start).Select(e => e.Content)], [.. bodies.Skip(start).Take(i + 1 - start)]);
                (start, bytes) = (i + 1, 0);
            }
        }
    }

    /// <summary>Promises to a peer the entries that it pushed, now that all are durable here.</summary>
    public void Give(int to, IReadOnlyList<OpenedBody> bodies)
    {
        if (bodies.Count > 0 && bodies.Count <= MaxGroup && bodies.All(b => b.Entry is not null))
        {
            var contents = bodies.Select(b => b.Entry!.Value.Content).ToList();
            context.Send(to, new PeerMessage.PromiseGiven(Sign(contents.Count, RootOf(contents))));
        }
    }

    /// <summary>Takes a peer's promise.</summary>
    public void Received(int from, GroupPromise promise)
    {
        for (var node = _groups.First; node is not null; node = node.Next)
        {
            var group = node.Value;
            if (group.Root == promise.Root
                && group.Contents.Count == promise.Size
                && promise.Member == from
                && promise.Chain == context.Identity.Chain
                && promise.LatestHeight > context.Tip.Height
                && !group.Promises.Any(p => p.Member == from)
                && promise.IsSignedBy(context.Identity.KeyOf(from), context.Identity.Verifier))
            {
                group.Promises.Add(promise);
                if (group.Promises.Count >= context.Validators.OneHonest)
                {
                    _groups.Remove(node);
                    context.Emit(new ReplicaEffect.Promised(group.Contents, group.Promises));
                }

                return;
            }
        }
    }

    /// <summary>Sends again what went unanswered for a second.</summary>
    public void Tick()
    {
        for (var node = _groups.First; node is not null;)
        {
            var (current, group) = (node, node.Value);
            node = node.Next;
            if (context.Elapsed < group.SentAt + ResendAfterMs)
            {
                continue;
            }

            if (++group.Sends > MaxSends)
            {
                _groups.Remove(current);
                continue;
            }

            group.SentAt = context.Elapsed;
            context.Broadcast(new PeerMessage.EntriesSent(group.Bodies, WantPromise: true));
        }
    }

    /// <summary>Root over content ids, as promises sign it.</summary>
    public static Hash32 RootOf(IReadOnlyList<ContentId> contents) => MerkleFrontier.Empty.AppendAll(contents.Select(LeafOf)).Root;

    /// <summary>The leaf of one content id.</summary>
    public static Hash32 LeafOf(ContentId content) => MerkleHash.Leaf(content.Value.ToArray());

    private void Open(List<ContentId> contents, List<ReadOnlyMemory<byte>> bodies)
    {
        var root = RootOf(contents);
        var own = Sign(contents.Count, root);
        context.Broadcast(new PeerMessage.EntriesSent(bodies, WantPromise: context.Validators.OneHonest > 1));
        if (context.Validators.OneHonest <= 1)
        {
            context.Emit(new ReplicaEffect.Promised(contents, [own]));
            return;
        }

        _groups.AddLast(new Group(root, contents, bodies) { Promises = { own }, SentAt = context.Elapsed, Sends = 1 });
        if (_groups.Count > MaxGroups)
        {
            _groups.RemoveFirst();
        }
    }

    private GroupPromise Sign(int size, Hash32 root)
    {
        var latest = new Height(context.Tip.Height.Value + context.Limits.PromiseBlocks);
        var signature = context.Identity.Signer.Sign(GroupPromise.SignedBytes(context.Identity.Chain, latest, size, root));
        return new GroupPromise(context.Identity.Chain, context.Identity.Member, latest, size, root, signature);
    }

    private sealed class Group(Hash32 root, List<ContentId> contents, List<ReadOnlyMemory<byte>> bodies)
    {
        public Hash32 Root { get; } = root;

        public List<ContentId> Contents { get; } = contents;

        public List<ReadOnlyMemory<byte>> Bodies { get; } = bodies;

        public List<GroupPromise> Promises { get; } = [];

        public long SentAt { get; set; }

        public int Sends { get; set; }
    }
}
