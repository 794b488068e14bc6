namespace Dems.Core.Ledger;

/// <summary>Hash of a canonical block header under its domain tag: the value that validators vote on.</summary>
/// <param name="Value">The digest; all zero stands for "none".</param>
public readonly record struct BlockHash(Hash32 Value) : IComparable<BlockHash>
{
    /// <inheritdoc/>
    public int CompareTo(BlockHash other) => Value.CompareTo(other.Value);

    /// <summary>64 lowercase hexadecimal digits.</summary>
    public override string ToString() => Value.ToString();
}
