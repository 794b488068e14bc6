namespace Dems.Core.Ledger.Execution;

/// <summary>
/// A leaf of a block's results tree. Rows of entries (<see cref="EntryResult"/>) come first, one per entry; rows of what became due follow. An entry's row is an array
/// that starts with an integer, every other kind one that starts with its own domain tag, so that no row can be read as one of another kind.
/// </summary>
public abstract record ResultRow
{
    private protected ResultRow()
    {
    }

    /// <summary>Canonical bytes, as the tree holds them after the salt.</summary>
    public abstract byte[] Encode();
}
