using System.Formats.Cbor;
using Dems.Core.Crypto;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Merkle;

namespace Dems.Core.Ledger.Receipts;

/// <summary>
/// A COSE Receipt of inclusion (RFC 9942 §5.2.1): COSE_Sign1 (tag 18) with the protected header {1: −7, 4: key, 395: 1}, the inclusion proof in the unprotected header
/// {396: {−1: [proof]}}, no payload inside, and a signature over the tree's root, which the verifier computes from leaf and proof. It says who vouches for the tree; that
/// the tree is final is said by the certificate beside it.
/// </summary>
/// <param name="Key">The receipt key of the member that signed; the key id holds it as SEC 1 uncompressed point.</param>
/// <param name="Inclusion">Place of the entry in the chain's tree.</param>
/// <param name="Signature">64 bytes over the root.</param>
public sealed record InclusionStatement(PublicKey Key, InclusionProof Inclusion, ReadOnlyMemory<byte> Signature)
{
    /// <summary>Longest encoding in bytes.</summary>
    public const int MaxBytes = 256 + InclusionProof.MaxBytes;

    // Header parameters of RFC 9052 §3.1 and RFC 9942 §6, and their values.
    private const int Algorithm = 1;
    private const int Es256Algorithm = -7;
    private const int KeyId = 4;
    private const int DataStructure = 395;
    private const int Rfc9162Sha256 = 1;
    private const int Proofs = 396;
    private const int InclusionProofs = -1;

    private const byte UncompressedPoint = 0x04;
    private const int KeyIdSize = 1 + PublicKey.Size;

    /// <summary>States that a leaf is in the tree with a root.</summary>
    public static InclusionStatement Sign(InclusionProof inclusion, Hash32 root, ISigner receiptKey) =>
        new(receiptKey.PublicKey, inclusion, receiptKey.Sign(SignedBytes(receiptKey.PublicKey, root)));

    /// <summary>Whether the signature is over the root that leaf and proof lead to. Whether that root is final, and the key a member's, is checked apart.</summary>
    public bool Verify(LeafHash leaf, ISignatureVerifier verifier) =>
        Inclusion.TryComputeRoot(leaf.Value, out var root) && verifier.Verify(Key, SignedBytes(Key, root), Signature.Span);

    /// <summary>Canonical bytes.</summary>
    public byte[] Encode()
    {
        var writer = Canonical.NewWriter(MaxBytes);
        writer.WriteTag((CborTag)18);
        writer.WriteStartArray(4);
        writer.WriteByteString(ProtectedHeader(Key));
        writer.WriteStartMap(1);
        writer.WriteInt32(Proofs);
        writer.WriteStartMap(1);
        writer.WriteInt32(InclusionProofs);
        writer.WriteStartArray(1);
        writer.WriteByteString(Inclusion.Encode());
        writer.WriteEndArray();
        writer.WriteEndMap();
        writer.WriteEndMap();
        writer.WriteNull();
        ConsensusFields.WriteSignature(writer, Signature);
        writer.WriteEndArray();
        return writer.Encode();
    }

    /// <summary>Decodes strictly: this profile leaves no choice. False with a reason otherwise. Checks no signature.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> bytes, out InclusionStatement statement, out string error) =>
        Canonical.TryDecode(bytes, MaxBytes, "COSE receipt", Read, out statement, out error);

    private static InclusionStatement Read(CborReader reader)
    {
        if (reader.ReadTag() != (CborTag)18)
        {
            throw new FormatException("tag 18 was expected");
        }

        Canonical.ReadArray(reader, 4);
        var key = ReadProtectedHeader(new CborReader(reader.ReadDefiniteLengthByteString(), CborConformanceMode.Canonical));
        ReadMapOf(reader, 1);
        ReadLabel(reader, Proofs);
        ReadMapOf(reader, 1);
        ReadLabel(reader, InclusionProofs);
        Canonical.ReadArray(reader, 1);
        var proof = Canonical.ReadBytesUpTo(reader, InclusionProof.MaxBytes, "the inclusion proof");
        reader.ReadEndArray();
        reader.ReadEndMap();
        reader.ReadEndMap();
        reader.ReadNull();
        var signature = ConsensusFields.ReadSignature(reader);
        reader.ReadEndArray();
        return InclusionProof.TryDecode(proof, out var inclusion, out var error)
            ? new InclusionStatement(key, inclusion, signature)
            : throw new FormatException(error);
    }

    private static PublicKey ReadProtectedHeader(CborReader reader)
    {
        ReadMapOf(reader, 3);
        ReadLabel(reader, Algorithm);
        ReadValue(reader, Es256Algorithm, "the algorithm");
        ReadLabel(reader, KeyId);
        var point = Canonical.ReadBytes(reader, KeyIdSize, "the key id").Span;
        if (point[0] != UncompressedPoint)
        {
            throw new FormatException("the key id is not an uncompressed point");
        }

        ReadLabel(reader, DataStructure);
        ReadValue(reader, Rfc9162Sha256, "the verifiable data structure");
        reader.ReadEndMap();
        return reader.BytesRemaining == 0 ? new PublicKey(point[1..]) : throw new FormatException("bytes follow the protected header");
    }

    private static byte[] ProtectedHeader(PublicKey key)
    {
        var writer = Canonical.NewWriter();
        writer.WriteStartMap(3);
        writer.WriteInt32(Algorithm);
        writer.WriteInt32(Es256Algorithm);
        writer.WriteInt32(KeyId);
        writer.WriteByteString([UncompressedPoint, .. key.Bytes]);
        writer.WriteInt32(DataStructure);
        writer.WriteInt32(Rfc9162Sha256);
        writer.WriteEndMap();
        return writer.Encode();
    }

    /// <summary>Sig_structure (RFC 9052 §4.4) with the root as detached payload. RFC 9942 gives receipts no external data, so any implementation can check this one.</summary>
    private static byte[] SignedBytes(PublicKey key, Hash32 root)
    {
        var writer = Canonical.NewWriter();
        writer.WriteStartArray(4);
        writer.WriteTextString("Signature1");
        writer.WriteByteString(ProtectedHeader(key));
        writer.WriteByteString([]);
        Canonical.WriteHash(writer, root);
        writer.WriteEndArray();
        return writer.Encode();
    }

    private static void ReadMapOf(CborReader reader, int size)
    {
        if (reader.ReadStartMap() is not { } actual || actual != size)
        {
            throw new FormatException($"a map of {size} was expected");
        }
    }

    private static void ReadLabel(CborReader reader, int expected) => ReadValue(reader, expected, "a label");

    private static void ReadValue(CborReader reader, int expected, string name)
    {
        var value = reader.ReadInt64();
        if (value != expected)
        {
            throw new FormatException($"{name} must be {expected}, not {value}");
        }
    }
}
