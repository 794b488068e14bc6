using System.Formats.Cbor;
using Dems.Core.Consensus;

namespace Dems.Core.Ledger.Encoding;

/// <summary>
/// How a proposal travels and is stored: [chain, height, round, valid round, block, proposer, signature], the block as in
/// <see cref="BlockCodec"/>. The signature is over <see cref="SignedBytes.OfProposal"/>, not over these bytes. That chain, height and round
/// agree with the header is for the validator of proposals to say.
/// </summary>
public static class ProposalCodec
{
    /// <summary>Longest encoded proposal in bytes.</summary>
    public const int MaxBytes = BlockCodec.MaxBytes + 192;

    /// <summary>Canonical bytes.</summary>
    /// <exception cref="ArgumentException">The proposal is unsigned.</exception>
    public static byte[] Encode(Proposal proposal)
    {
        var writer = Canonical.NewWriter(HeaderCodec.MaxBytes + proposal.Block.Leaves.Count * Hash32.Size + 192);
        Write(writer, proposal);
        return writer.Encode();
    }

    /// <summary>Writes the proposal as one item of a larger message.</summary>
    /// <exception cref="ArgumentException">The proposal is unsigned.</exception>
    public static void Write(CborWriter writer, Proposal proposal)
    {
        writer.WriteStartArray(7);
        Canonical.WriteHash(writer, proposal.Chain.Value);
        writer.WriteInt64(proposal.Height.Value);
        writer.WriteInt32(proposal.Round);
        writer.WriteInt32(proposal.ValidRound);
        BlockCodec.Write(writer, proposal.Block);
        writer.WriteInt32(proposal.Proposer);
        ConsensusFields.WriteSignature(writer, proposal.Signature);
        writer.WriteEndArray();
    }

    /// <summary>Decodes strictly and computes the block's hash; false with a reason otherwise. Does not check the signature.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> bytes, out Proposal proposal, out string error) =>
        Canonical.TryDecode(bytes, MaxBytes, "proposal", Read, out proposal, out error);

    /// <summary>Reads the proposal as one item of a larger message, inside <see cref="Canonical.TryDecode"/>.</summary>
    public static Proposal Read(CborReader reader)
    {
        Canonical.ReadArray(reader, 7);
        var chain = new ChainId(Canonical.ReadHash(reader));
        var height = ConsensusFields.ReadHeight(reader);
        var round = ConsensusFields.ReadRound(reader);
        var validRound = (int)Canonical.ReadInteger(reader, -1, int.MaxValue, "valid round");
        var (block, hash) = BlockCodec.Read(reader);
        var proposer = ConsensusFields.ReadValidator(reader);
        var signature = ConsensusFields.ReadSignature(reader);
        reader.ReadEndArray();
        return new Proposal(chain, height, round, validRound, block, hash, proposer, signature);
    }
}
