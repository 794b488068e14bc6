using System.Formats.Cbor;
using Dems.Core.Crypto;
using Dems.Core.Ledger;

namespace Dems.Core.Consensus;

/// <summary>The exact bytes that validators sign: canonical CBOR arrays (RFC 8949 §4.2) that start with a domain tag.</summary>
public static class SignedBytes
{
    /// <summary>[tag, chain, height, round, type, block or null]. Without the voter's index: the key says who voted.</summary>
    public static byte[] OfVote(ChainId chain, Height height, int round, VoteType type, BlockHash block)
    {
        var writer = new CborWriter(CborConformanceMode.Canonical, initialCapacity: 112);
        writer.WriteStartArray(6);
        writer.WriteTextString(Domains.Vote);
        WriteHash(writer, chain.Value);
        writer.WriteInt64(height.Value);
        writer.WriteInt32(round);
        writer.WriteInt32((int)type);
        if (block.Value.IsZero)
        {
            writer.WriteNull();
        }
        else
        {
            WriteHash(writer, block.Value);
        }

        writer.WriteEndArray();
        return writer.Encode();
    }

    /// <summary>[tag, chain, height, round, valid round, block]. The block hash binds header and, by its tree root, the leaves.</summary>
    public static byte[] OfProposal(ChainId chain, Height height, int round, int validRound, BlockHash block)
    {
        var writer = new CborWriter(CborConformanceMode.Canonical, initialCapacity: 112);
        writer.WriteStartArray(6);
        writer.WriteTextString(Domains.Proposal);
        WriteHash(writer, chain.Value);
        writer.WriteInt64(height.Value);
        writer.WriteInt32(round);
        writer.WriteInt32(validRound);
        WriteHash(writer, block.Value);
        writer.WriteEndArray();
        return writer.Encode();
    }

    private static void WriteHash(CborWriter writer, Hash32 hash)
    {
        Span<byte> bytes = stackalloc byte[Hash32.Size];
        hash.CopyTo(bytes);
        writer.WriteByteString(bytes);
    }
}
