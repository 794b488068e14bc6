using Dems.Core.Ledger;
using Dems.Replication.Ports;

namespace Dems.Storage.Tests.Memory;

/// <summary>What the stores in memory share: their content, and the faults of the disk that there is none of.</summary>
internal sealed class MemoryDisk
{
    public Lock Gate { get; } = new();

    public Dictionary<LeafHash, HeldBody> Bodies { get; } = [];

    public List<DecidedBlock> Blocks { get; } = [];

    /// <summary>Bodies that ever arrived: numbers them by age. Their count would not do, since bodies expire.</summary>
    public long Arrivals { get; set; }

    /// <summary>Leaves in chain order.</summary>
    public List<LeafHash> Order { get; } = [];

    public SortedDictionary<Height, byte[]> Snapshots { get; } = [];

    public SafetyRow? Safety { get; set; }

    public SafetyPosition? HighWater { get; set; }

    public bool IsFull { get; set; }

    public bool IsBroken { get; set; }

    /// <summary>The first place of each leaf in the order.</summary>
    public long? PlaceOf(LeafHash leaf) => Order.IndexOf(leaf) is >= 0 and var index ? index : null;

    /// <summary>Runs a change that may only fail before it begins.</summary>
    public Task<T> WriteAsync<T>(Func<T> change)
    {
        lock (Gate)
        {
            if (IsFull || IsBroken)
            {
                return Task.FromException<T>(new StorageException(IsBroken ? "I/O error" : "disk full"));
            }

            try
            {
                return Task.FromResult(change());
            }
            catch (Exception e) when (e is InvalidOperationException or ArgumentException)
            {
                return Task.FromException<T>(e);
            }
        }
    }

    public T Read<T>(Func<T> read)
    {
        lock (Gate)
        {
            return read();
        }
    }

    public sealed record HeldBody(PooledEntry Entry, BlockTime Received, bool Local, long Arrival);
}
