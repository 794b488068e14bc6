using Dems.Core.Ledger;
using Dems.Replication.Ports;
using Dems.Storage.Chain;
using Dems.Storage.Sqlite;

namespace Dems.Storage.Mempool;

/// <summary>Durable, unordered entries in the replica's file.</summary>
internal sealed class SqliteMempoolStore(ReadPool reads, GroupWriter writer) : IMempoolStore
{
    /// <summary>Bodies deleted per transaction when expiring, so that votes need not wait behind a long one.</summary>
    private const int ExpirePerCommit = 2_000;

    private const string SelectPending =
        """
        SELECT p.body, p.received, p.local, p.digest, b.id, length(b.bytes)
        FROM pending p LEFT JOIN body b ON b.id = p.body ORDER BY p.received, p.body
        """;

    /// <inheritdoc/>
    public Task<IReadOnlyList<Admission>> AdmitAsync(IReadOnlyList<PooledEntry> entries, CancellationToken cancellationToken) =>
        writer.RunAsync<IReadOnlyList<Admission>>(
            file =>
            {
                var answers = new Admission[entries.Count];
                for (var i = 0; i < answers.Length; i++)
                {
                    answers[i] = AdmissionRule.Admit(file, entries[i]);
                }

                return answers;
            },
            BytesOf(entries), urgent: false, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<bool>> StoreBodiesAsync(IReadOnlyList<PooledEntry> bodies, CancellationToken cancellationToken) =>
        writer.RunAsync<IReadOnlyList<bool>>(
            file =>
            {
                var unordered = new bool[bodies.Count];
                for (var i = 0; i < unordered.Length; i++)
                {
                    unordered[i] = StoreBody(file, bodies[i]);
                }

                return unordered;
            },
            BytesOf(bodies), urgent: false, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PendingEntry>> LoadPendingAsync(CancellationToken cancellationToken) =>
        Task.Run<IReadOnlyList<PendingEntry>>(() => reads.Read(LoadPending), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> ReadBodyAsync(LeafHash leaf, CancellationToken cancellationToken) =>
        ValueTask.FromResult(reads.Read<ReadOnlyMemory<byte>?>(
            file => BodyTable.FindByLeaf(file, leaf) is { } id && BodyTable.Read(file, id) is { } body ? body.Bytes.AsMemory() : default(ReadOnlyMemory<byte>?)));

    /// <inheritdoc/>
    public async Task<int> ExpireAsync(BlockTime receivedBefore, CancellationToken cancellationToken)
    {
        var deleted = 0;
        int last;
        do
        {
            last = await writer.RunAsync(file => ExpireSome(file, receivedBefore), 0, urgent: false, cancellationToken);
            deleted += last;
        }
        while (last == ExpirePerCommit);

        return deleted;
    }

    /// <inheritdoc/>
    public Task<int> MendAsync(CancellationToken cancellationToken) => writer.RunAsync(PendingRepair.Mend, 0, urgent: false, cancellationToken);

    // Duplicates are rare and filtered in memory before they get here, so that checking the held copy is affordable: a damaged one is replaced.
    private static bool StoreBody(SqliteFile file, PooledEntry entry)
    {
        if (BodyTable.FindByLeaf(file, entry.Leaf) is not { } known)
        {
            PendingTable.Insert(file, BodyTable.Insert(file, entry), entry.ReceivedAt, local: false);
            return true;
        }

        if (!BodyTable.IsSound(file, known))
        {
            BodyTable.Replace(file, known, entry);
        }

        return EntryTable.FindPosition(file, known, entry.Leaf) is null;
    }

    private static int ExpireSome(SqliteFile file, BlockTime receivedBefore)
    {
        var expired = PendingTable.FindExpired(file, receivedBefore, ExpirePerCommit);
        foreach (var body in expired)
        {
            PendingTable.Delete(file, body);
            BodyTable.Delete(file, body);
        }

        return expired.Count;
    }

    private static List<PendingEntry> LoadPending(SqliteFile file)
    {
        var pending = new List<PendingEntry>();
        using var select = file.Query(SelectPending);
        while (select.Step())
        {
            var (body, received) = (select.Integer(0), new BlockTime(select.Integer(1)));
            if (!PendingTable.IsSound(body, received, select.Integer(2), select.Integer(3)) || select.IntegerOrNull(4) is null)
            {
                throw PendingTable.Damaged(file, body);
            }

            var row = BodyTable.ReadRow(file, body);
            pending.Add(new PendingEntry(row.Leaf, row.Content, row.Signer, row.Sequence, (int)select.Integer(5), received));
        }

        return pending;
    }

    private static long BytesOf(IReadOnlyList<PooledEntry> entries) => entries.Sum(entry => (long)entry.Bytes.Length);
}
