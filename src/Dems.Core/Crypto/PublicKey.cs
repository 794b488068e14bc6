namespace Dems.Core.Crypto;

/// <summary>A P-256 public key as the 64 bytes X ‖ Y (SEC 1 §2.3.3 without the leading 0x04). Whether the point lies on the curve is found when it is first used.</summary>
public sealed class PublicKey : IEquatable<PublicKey>, IComparable<PublicKey>
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 64;

    private readonly byte[] _bytes;

    /// <summary>Copies 64 bytes.</summary>
    /// <exception cref="ArgumentException">The span is not 64 bytes long.</exception>
    public PublicKey(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException($"A P-256 public key has {Size} bytes (X, Y), not {bytes.Length}.", nameof(bytes));
        }

        _bytes = bytes.ToArray();
        Fingerprint = Hash32.Of(_bytes);
    }

    /// <summary>X ‖ Y.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>SHA-256 of X ‖ Y: names the key in state, sequence windows and delegations; its first 20 bytes are an address.</summary>
    public Hash32 Fingerprint { get; }

    /// <inheritdoc/>
    public bool Equals(PublicKey? other) => other is not null && Fingerprint == other.Fingerprint;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PublicKey);

    /// <inheritdoc/>
    public override int GetHashCode() => Fingerprint.GetHashCode();

    /// <inheritdoc/>
    public int CompareTo(PublicKey? other) => other is null ? 1 : Fingerprint.CompareTo(other.Fingerprint);

    /// <summary>128 lowercase hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(_bytes);
}
