namespace Dems.Core.Ledger;

/// <summary>Names one chain of one network: SHA-256 over a domain tag, the genesis hash and the pool's name (docs/format.md), so that no signature is valid on two chains.</summary>
/// <param name="Value">The digest; all zero stands for "none".</param>
public readonly record struct ChainId(Hash32 Value) : IComparable<ChainId>
{
    /// <inheritdoc/>
    public int CompareTo(ChainId other) => Value.CompareTo(other.Value);

    /// <summary>64 lowercase hexadecimal digits.</summary>
    public override string ToString() => Value.ToString();
}
