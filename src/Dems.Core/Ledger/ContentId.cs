namespace Dems.Core.Ledger;

/// <summary>Hash of what was signed: names what an entry says, whatever its signature or seal. Serves deduplication and promises; never used where bytes are meant (<see cref="LeafHash"/>).</summary>
/// <param name="Value">The digest; all zero stands for "none".</param>
public readonly record struct ContentId(Hash32 Value) : IComparable<ContentId>
{
    /// <inheritdoc/>
    public int CompareTo(ContentId other) => Value.CompareTo(other.Value);

    /// <summary>64 lowercase hexadecimal digits.</summary>
    public override string ToString() => Value.ToString();
}
