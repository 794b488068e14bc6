namespace Dems.Contracts.Receipts;

/// <summary>What became of the wish for a receipt.</summary>
public enum ReceiptStanding
{
    /// <summary>Here it is.</summary>
    Issued = 0,

    /// <summary>The chain has no such entry here.</summary>
    UnknownEntry = 1,

    /// <summary>The entry is final, but the next block, which commits to its result, is not here yet, or the query tables are being built: try again.</summary>
    NotYet = 2,

    /// <summary>The entry is no batch, or holds no such reading.</summary>
    NoSuchReading = 3,
}
