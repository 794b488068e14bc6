using Dems.Core.Ledger.Merkle;

namespace Dems.Core.Ledger;

/// <summary>SHA-256(0x00 ‖ encoded entry): names the bytes of an entry in mempool, proposal, fetch and tree (RFC 9162 §2.1.1). One content may come in several bodies; see <see cref="ContentId"/>.</summary>
/// <param name="Value">The digest; all zero stands for "none".</param>
public readonly record struct LeafHash(Hash32 Value) : IComparable<LeafHash>
{
    /// <summary>The leaf hash of an encoded entry.</summary>
    public static LeafHash Of(ReadOnlySpan<byte> entry) => new(MerkleHash.Leaf(entry));

    /// <inheritdoc/>
    public int CompareTo(LeafHash other) => Value.CompareTo(other.Value);

    /// <summary>64 lowercase hexadecimal digits.</summary>
    public override string ToString() => Value.ToString();
}
