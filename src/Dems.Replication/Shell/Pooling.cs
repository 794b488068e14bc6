using Dems.Core.Ledger;
using Dems.Core.Ledger.Entries;
using Dems.Replication.Ports;

namespace Dems.Replication.Shell;

/// <summary>From an opened entry to what the mempool stores.</summary>
internal static class Pooling
{
    public static PooledEntry Of(OpenedEntry entry, BlockTime now) =>
        new(entry.Leaf, entry.Content, entry.Signer.Fingerprint, entry.Sequence, entry.Bytes, now);
}
