using Dems.Core.Ledger;
using Dems.Replication.Ports;

namespace Dems.Storage.Tests.Memory;

/// <summary>The mempool as one dictionary; admission looks through all of it.</summary>
internal sealed class MemoryMempoolStore(MemoryDisk disk) : IMempoolStore
{
    public Task<IReadOnlyList<Admission>> AdmitAsync(IReadOnlyList<PooledEntry> entries, CancellationToken cancellationToken) =>
        disk.WriteAsync<IReadOnlyList<Admission>>(() => [.. entries.Select(Admit)]);

    public Task<IReadOnlyList<bool>> StoreBodiesAsync(IReadOnlyList<PooledEntry> bodies, CancellationToken cancellationToken) =>
        disk.WriteAsync<IReadOnlyList<bool>>(() =>
        [
            .. bodies.Select(body =>
            {
                disk.Bodies.TryAdd(body.Leaf, new MemoryDisk.HeldBody(body, body.ReceivedAt, Local: false, disk.Arrivals++));
                return disk.PlaceOf(body.Leaf) is null;
            }),
        ]);

    public Task<IReadOnlyList<PendingEntry>> LoadPendingAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<PendingEntry>>(disk.Read(() =>
        Unordered().OrderBy(body => body.Received).ThenBy(body => body.Arrival).Select(body => PendingEntry.Of(body.Entry)).ToArray()));

    public ValueTask<ReadOnlyMemory<byte>?> ReadBodyAsync(LeafHash leaf, CancellationToken cancellationToken) =>
        ValueTask.FromResult(disk.Read(() => disk.Bodies.GetValueOrDefault(leaf)?.Entry.Bytes));

    public Task<int> ExpireAsync(BlockTime receivedBefore, CancellationToken cancellationToken) => disk.WriteAsync(() =>
    {
        var expired = Unordered().Where(body => !body.Local && body.Received < receivedBefore).ToList();
        expired.ForEach(body => disk.Bodies.Remove(body.Entry.Leaf));
        return expired.Count;
    });

    public Task<int> MendAsync(CancellationToken cancellationToken) => Task.FromResult(0);

    private IEnumerable<MemoryDisk.HeldBody> Unordered() => disk.Bodies.Values.Where(body => disk.PlaceOf(body.Entry.Leaf) is null);

    private Admission Admit(PooledEntry entry)
    {
        var held = disk.Bodies.Values
            .Where(body => body.Entry.Signer == entry.Signer && body.Entry.Sequence == entry.Sequence)
            .OrderBy(body => disk.PlaceOf(body.Entry.Leaf) ?? long.MaxValue)
            .ThenByDescending(body => body.Local)
            .ThenByDescending(body => body.Entry.Content == entry.Content)
            .ThenBy(body => body.Arrival)
            .FirstOrDefault();
        if (held is null)
        {
            disk.Bodies.Add(entry.Leaf, new MemoryDisk.HeldBody(entry, entry.ReceivedAt, Local: true, disk.Arrivals++));
            return new Admission(AdmissionOutcome.Stored, entry.Content, entry.Leaf, null);
        }

        var (leaf, same) = (held.Entry.Leaf, held.Entry.Content == entry.Content);
        if (same)
        {
            disk.Bodies[leaf] = held with { Local = true };
        }

        return new Admission(same ? AdmissionOutcome.Duplicate : AdmissionOutcome.SequenceTaken, held.Entry.Content, leaf, disk.PlaceOf(leaf));
    }
}
