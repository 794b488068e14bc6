using System.Formats.Cbor;
using Dems.Core;
using Dems.Core.Crypto;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;

namespace Dems.Replication.Protocol;

/// <summary>
/// One member's signed word that a group of entries is durable with it and will be ordered by a height. One signature serves a whole group: it covers the
/// RFC 9162 root over the group's content ids (leaf data = the 32 bytes of the id), and each sender gets the path of its own id.
/// </summary>
/// <param name="Chain">The chain.</param>
/// <param name="Member">Index of the promising member in genesis.</param>
/// <param name="LatestHeight">The entries are ordered at this height at the latest.</param>
/// <param name="Size">Number of content ids in the group.</param>
/// <param name="Root">Root over them.</param>
/// <param name="Signature">64 bytes over <see cref="SignedBytes"/>.</param>
public sealed record GroupPromise(ChainId Chain, int Member, Height LatestHeight, int Size, Hash32 Root, ReadOnlyMemory<byte> Signature)
{
    /// <summary>[tag, chain, latest height, size, root].</summary>
    public static byte[] SignedBytes(ChainId chain, Height latestHeight, int size, Hash32 root)
    {
        var writer = Canonical.NewWriter(128);
        writer.WriteStartArray(5);
        writer.WriteTextString(Domains.Promise);
        Canonical.WriteHash(writer, chain.Value);
        writer.WriteInt64(latestHeight.Value);
        writer.WriteInt32(size);
        Canonical.WriteHash(writer, root);
        writer.WriteEndArray();
        return writer.Encode();
    }

    /// <summary>Whether the signature is the member's.</summary>
    public bool IsSignedBy(PublicKey key, ISignatureVerifier verifier) =>
        verifier.Verify(key, SignedBytes(Chain, LatestHeight, Size, Root), Signature.Span);

    internal static void Write(CborWriter writer, GroupPromise promise)
    {
        writer.WriteStartArray(6);
        Canonical.WriteHash(writer, promise.Chain.Value);
        writer.WriteInt32(promise.Member);
        writer.WriteInt64(promise.LatestHeight.Value);
        writer.WriteInt32(promise.Size);
        Canonical.WriteHash(writer, promise.Root);
        writer.WriteByteString(promise.Signature.Span);
        writer.WriteEndArray();
    }

    internal static GroupPromise Read(CborReader reader)
    {
        Canonical.ReadArray(reader, 6);
        var promise = new GroupPromise(
            new ChainId(Canonical.ReadHash(reader)),
            (int)Canonical.ReadInteger(reader, 0, Core.Consensus.ValidatorSet.MaxValidators - 1, "member"),
            new Height(Canonical.ReadInteger(reader, 0, 1L << 62, "latest height")),
            (int)Canonical.ReadInteger(reader, 1, Block.MaxEntries, "group size"),
            Canonical.ReadHash(reader),
            Canonical.ReadBytes(reader, Es256.SignatureSize, "promise signature"));
        reader.ReadEndArray();
        return promise;
    }
}
