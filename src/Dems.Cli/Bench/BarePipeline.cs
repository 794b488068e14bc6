using Dems.Core.Ledger;
using Dems.Core.Ledger.Entries;
using Dems.Grains.Chains;
using Dems.Grains.Crypto;
using Dems.Replication.Ports;
using Dems.Storage;

namespace Dems.Cli.Bench;

/// <summary>The floor that consensus is measured against: each of n copies opens every entry (decoding, signature, readings root, leaf hash) and stores it durably, and no more.</summary>
internal static class BarePipeline
{
    private const int GroupSize = 512;

    public static async Task<(double PerSecond, double CpuMicroseconds)> MeasureAsync(
        string folder, ChainId chain, int copies, IReadOnlyList<ReadOnlyMemory<byte>> entries, long readings, CancellationToken cancellationToken)
    {
        using var verifiers = new VerifierPool();
        var opener = new EntryOpener(verifiers, new Es256Verifier());
        var stores = new List<ReplicaDatabase>();
        try
        {
            for (var i = 0; i < copies; i++)
            {
                var files = new ReplicaFiles(Path.Combine(folder, $"bare-{i}"), "bare");
                await ReplicaDatabase.CreateAsync(files, chain, cancellationToken);
                stores.Add(await ReplicaDatabase.OpenAsync(files, chain, cancellationToken));
            }

            var stint = Stint.Start();
            await Task.WhenAll(stores.Select(store => CopyAsync(store, opener, entries, cancellationToken)));
            return stint.Per(readings);
        }
        finally
        {
            foreach (var store in stores)
            {
                await store.DisposeAsync();
            }
        }
    }

    private static async Task CopyAsync(ReplicaDatabase store, EntryOpener opener, IReadOnlyList<ReadOnlyMemory<byte>> entries, CancellationToken cancellationToken)
    {
        // The next group is opened while the last one is written, as the pipeline of a member does.
        var writing = Task.CompletedTask;
        foreach (var group in entries.Chunk(GroupSize))
        {
            var opened = await opener.OpenAsync(group, cancellationToken);
            await writing;
            writing = store.Mempool.StoreBodiesAsync([.. opened.Select(Pooled)], cancellationToken);
        }

        await writing;
    }

    private static PooledEntry Pooled(OpenedEntry? entry) => entry is null
        ? throw new InvalidOperationException("An entry of the benchmark does not open.")
        : new PooledEntry(entry.Leaf, entry.Content, entry.Signer.Fingerprint, entry.Sequence, entry.Bytes, default);
}
