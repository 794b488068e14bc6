using System.Formats.Cbor;
using Dems.Core.Ledger.Encoding;

namespace Dems.Core.Ledger.Merkle;

/// <summary>Shows that a row is among the results that a header commits to (<see cref="ResultsTree"/>).</summary>
/// <param name="Salt">16 bytes that blinded the row.</param>
/// <param name="Inclusion">The leaf's place and path.</param>
public sealed record ResultProof(ReadOnlyMemory<byte> Salt, InclusionProof Inclusion)
{
    /// <summary>Longest encoding in bytes.</summary>
    public const int MaxBytes = 64 + InclusionProof.MaxBytes;

    /// <summary>Whether the row stands at the proof's index among the proof's count of rows, under a root that a header carries.</summary>
    public bool Verify(ReadOnlySpan<byte> row, Hash32 root) =>
        Salt.Length == ResultSalts.SaltSize
        && Inclusion.TryComputeRoot(ResultsTree.HashRow(Salt.Span, row), out var computed)
        && ResultsTree.WithCount(Inclusion.TreeSize, computed) == root;

    /// <summary>Canonical bytes: the CBOR array [salt, encoded inclusion proof].</summary>
    public byte[] Encode()
    {
        var writer = Canonical.NewWriter();
        writer.WriteStartArray(2);
        writer.WriteByteString(Salt.Span);
        writer.WriteByteString(Inclusion.Encode());
        writer.WriteEndArray();
        return writer.Encode();
    }

    /// <summary>Decodes strictly; false with a reason otherwise.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> bytes, out ResultProof proof, out string error) =>
        Canonical.TryDecode(bytes, MaxBytes, "result proof", Read, out proof, out error);

    /// <inheritdoc/>
    public bool Equals(ResultProof? other) => other is not null && Salt.Span.SequenceEqual(other.Salt.Span) && Inclusion == other.Inclusion;

    /// <inheritdoc/>
    public override int GetHashCode() => Inclusion.GetHashCode();

    private static ResultProof Read(CborReader reader)
    {
        Canonical.ReadArray(reader, 2);
        var salt = Canonical.ReadBytes(reader, ResultSalts.SaltSize, "a salt").ToArray();
        var inclusion = Canonical.ReadBytesUpTo(reader, InclusionProof.MaxBytes, "an inclusion proof");
        reader.ReadEndArray();
        return InclusionProof.TryDecode(inclusion, out var proof, out var error) ? new ResultProof(salt, proof) : throw new FormatException(error);
    }
}
