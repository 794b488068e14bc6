using System.Formats.Cbor;
using Dems.Core.Consensus;

namespace Dems.Core.Ledger.Encoding;

/// <summary>
/// How a vote travels and is stored: [chain, height, round, type, block or null, validator, signature]. The signature is over
/// <see cref="SignedBytes.OfVote"/>, not over these bytes. Nil is written as null only, never as a zero hash.
/// </summary>
public static class VoteCodec
{
    /// <summary>Longest encoded vote in bytes.</summary>
    public const int MaxBytes = 192;

    /// <summary>Canonical bytes.</summary>
    /// <exception cref="ArgumentException">The vote is unsigned.</exception>
    public static byte[] Encode(Vote vote)
    {
        var writer = Canonical.NewWriter(MaxBytes);
        Write(writer, vote);
        return writer.Encode();
    }

    /// <summary>Writes the vote as one item of a larger message.</summary>
    /// <exception cref="ArgumentException">The vote is unsigned.</exception>
    public static void Write(CborWriter writer, Vote vote)
    {
        writer.WriteStartArray(7);
        Canonical.WriteHash(writer, vote.Chain.Value);
        writer.WriteInt64(vote.Height.Value);
        writer.WriteInt32(vote.Round);
        writer.WriteInt32((int)vote.Type);
        if (vote.IsNil)
        {
            writer.WriteNull();
        }
        else
        {
            Canonical.WriteHash(writer, vote.Block.Value);
        }

        writer.WriteInt32(vote.Validator);
        ConsensusFields.WriteSignature(writer, vote.Signature);
        writer.WriteEndArray();
    }

    /// <summary>Decodes strictly; false with a reason otherwise. Does not check the signature.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> bytes, out Vote vote, out string error) =>
        Canonical.TryDecode(bytes, MaxBytes, "vote", Read, out vote, out error);

    /// <summary>Reads the vote as one item of a larger message, inside <see cref="Canonical.TryDecode"/>.</summary>
    public static Vote Read(CborReader reader)
    {
        Canonical.ReadArray(reader, 7);
        var vote = new Vote(
            new ChainId(Canonical.ReadHash(reader)),
            ConsensusFields.ReadHeight(reader),
            ConsensusFields.ReadRound(reader),
            (VoteType)Canonical.ReadInteger(reader, (int)VoteType.Prevote, (int)VoteType.Precommit, "vote type"),
            ReadBlockOrNil(reader),
            ConsensusFields.ReadValidator(reader),
            ConsensusFields.ReadSignature(reader));
        reader.ReadEndArray();
        return vote;
    }

    private static BlockHash ReadBlockOrNil(CborReader reader)
    {
        if (reader.PeekState() == CborReaderState.Null)
        {
            reader.ReadNull();
            return default;
        }

        return ConsensusFields.ReadBlockHash(reader);
    }
}
