using Dems.Core.Ledger;
using Dems.Core.Ledger.Execution;

namespace Dems.Replication.Ports;

/// <summary>What the execution of a block gave, as kept for queries and receipts.</summary>
/// <param name="Height">The block.</param>
/// <param name="FirstIndex">Index of the block's first entry in the chain's tree.</param>
/// <param name="Results">Its rows; those of its entries come first.</param>
public sealed record ProjectedResults(Height Height, long FirstIndex, BlockResults Results)
{
    /// <summary>The row of an entry of the block.</summary>
    /// <exception cref="StorageException">There is no such row, or it does not decode: the tables are damaged.</exception>
    public EntryResult RowOf(long entryIndex)
    {
        var place = entryIndex - FirstIndex;
        return place >= 0 && place < Results.Rows.Count && EntryResult.TryDecode(Results.Rows[(int)place], out var row, out _) && row.Index == entryIndex
            ? row
            : throw new StorageException($"The query tables hold no result of entry {entryIndex} in block {Height}. Delete them; they are built again from the chain.");
    }
}
