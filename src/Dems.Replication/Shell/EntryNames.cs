using Dems.Core.Ledger;
using Dems.Core.Ledger.Merkle;

namespace Dems.Replication.Shell;

/// <summary>Names of encoded entries.</summary>
internal static class EntryNames
{
    public static LeafHash LeafOf(ReadOnlySpan<byte> bytes) => new(MerkleHash.Leaf(bytes));
}
