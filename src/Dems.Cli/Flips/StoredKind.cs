namespace Dems.Cli.Flips;

/// <summary>What a byte of a store belongs to.</summary>
internal enum StoredKind : byte
{
    /// <summary>Nothing: free pages, gaps between rows.</summary>
    Free,

    /// <summary>A page of the database file whose newest version lies in the log: nobody reads it, the next checkpoint writes over it.</summary>
    Superseded,

    /// <summary>What holds the rows together: file header, page headers, cell pointers, inner pages, the schema.</summary>
    Structure,

    /// <summary>Header and leaf list of a block.</summary>
    Block,

    /// <summary>A commit certificate.</summary>
    Certificate,

    /// <summary>The body of an entry.</summary>
    Entry,

    /// <summary>The place of an entry on the chain.</summary>
    Order,

    /// <summary>A tile of the Merkle tree.</summary>
    Tile,

    /// <summary>An index over any of these.</summary>
    Index,

    /// <summary>Safety row, pending rows, the store's own rows.</summary>
    State,

    /// <summary>A frame of the write-ahead log, or the log's header.</summary>
    WalFrame,
}
