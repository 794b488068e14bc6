namespace Dems.Core.Ledger;

/// <summary>A header with the ordered leaf hashes of its entries. Bodies travel and are stored apart, by leaf hash.</summary>
/// <param name="Header">The header.</param>
/// <param name="Leaves">Leaf hashes in chain order, without repetition; at most <see cref="MaxEntries"/>.</param>
public sealed record Block(BlockHeader Header, IReadOnlyList<LeafHash> Leaves)
{
    /// <summary>Most entries of one block.</summary>
    public const int MaxEntries = 4_096;

    /// <summary>Most bytes of all bodies of one block: 8 MiB.</summary>
    public const int MaxBodyBytes = 8 * 1024 * 1024;
}
