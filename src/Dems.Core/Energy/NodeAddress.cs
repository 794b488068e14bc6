using System.Buffers.Binary;
using Dems.Core.Crypto;

namespace Dems.Core.Energy;

/// <summary>
/// Address of an energy node or of a party: the first 20 bytes of SHA-256 of its first public key, written in bech32 (BIP 173) with the prefix <c>dems</c>.
/// Keys rotate, the address stays. The default is all zero and stands for "none".
/// </summary>
public readonly struct NodeAddress : IEquatable<NodeAddress>, IComparable<NodeAddress>
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 20;

    /// <summary>Human-readable part of the text form.</summary>
    public const string Prefix = "dems";

    private readonly ulong _a;
    private readonly ulong _b;
    private readonly uint _c;

    /// <summary>Copies 20 bytes.</summary>
    /// <exception cref="ArgumentException">The span is not 20 bytes long.</exception>
    public NodeAddress(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException($"An address has {Size} bytes, not {bytes.Length}.", nameof(bytes));
        }

        _a = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _b = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _c = BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]);
    }

    /// <summary>Whether all bytes are zero.</summary>
    public bool IsNone => (_a | _b | _c) == 0;

    /// <summary>The address that a first public key gives.</summary>
    public static NodeAddress Of(PublicKey firstKey) => new(firstKey.Fingerprint.ToArray().AsSpan(0, Size));

    /// <summary>Parses the bech32 form; false with a reason otherwise.</summary>
    public static bool TryParse(string text, out NodeAddress address, out string error)
    {
        address = default;
        if (!Bech32.TryDecode(text, Prefix, out var bytes, out error))
        {
            return false;
        }

        if (bytes.Length != Size)
        {
            error = $"an address has {Size} bytes, this one {bytes.Length}";
            return false;
        }

        address = new NodeAddress(bytes);
        return true;
    }

    /// <summary>Writes the 20 bytes to the start of <paramref name="destination"/>.</summary>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _a);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _b);
        BinaryPrimitives.WriteUInt32BigEndian(destination[16..], _c);
    }

    /// <summary>A new array of the 20 bytes.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    /// <inheritdoc/>
    public bool Equals(NodeAddress other) => _a == other._a && _b == other._b && _c == other._c;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is NodeAddress other && Equals(other);

    /// <summary>The first four bytes: equal on every machine and in every run.</summary>
    public override int GetHashCode() => unchecked((int)(_a >> 32));

    /// <inheritdoc/>
    public int CompareTo(NodeAddress other)
    {
        var order = _a.CompareTo(other._a);
        order = order != 0 ? order : _b.CompareTo(other._b);
        return order != 0 ? order : _c.CompareTo(other._c);
    }

    /// <summary>The bech32 form.</summary>
    public override string ToString() => Bech32.Encode(Prefix, ToArray());

    /// <summary>Equality of all bytes.</summary>
    public static bool operator ==(NodeAddress left, NodeAddress right) => left.Equals(right);

    /// <summary>Inequality of any byte.</summary>
    public static bool operator !=(NodeAddress left, NodeAddress right) => !left.Equals(right);
}
