using System.Formats.Cbor;
using Dems.Core.Crypto;

namespace Dems.Core.Ledger.Encoding;

/// <summary>Canonical form and hash of a block header: a CBOR array that starts with its domain tag.</summary>
public static class HeaderCodec
{
    /// <summary>Longest encoded header in bytes.</summary>
    public const int MaxBytes = 512;

    /// <summary>Canonical bytes.</summary>
    public static byte[] Encode(BlockHeader header)
    {
        var writer = Canonical.NewWriter(MaxBytes);
        writer.WriteStartArray(14);
        writer.WriteTextString(Domains.Header);
        writer.WriteInt32(header.ProtocolVersion);
        Canonical.WriteHash(writer, header.Chain.Value);
        writer.WriteInt64(header.Height.Value);
        writer.WriteInt32(header.Round);
        writer.WriteInt64(header.Time.UnixMilliseconds);
        writer.WriteInt32(header.Proposer);
        Canonical.WriteHash(writer, header.Previous.Value);
        writer.WriteInt64(header.TreeSize);
        Canonical.WriteHash(writer, header.TreeRoot);
        Canonical.WriteHash(writer, header.ResultsRoot);
        Canonical.WriteHash(writer, header.StateRoot);
        Canonical.WriteHash(writer, header.Validators);
        Canonical.WriteHash(writer, header.NextValidators);
        writer.WriteEndArray();
        return writer.Encode();
    }

    /// <summary>SHA-256 of the canonical bytes, which start with the domain tag.</summary>
    public static BlockHash Hash(BlockHeader header) => new(Hash32.Of(Encode(header)));

    /// <summary>Decodes strictly; false with a reason otherwise.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> bytes, out BlockHeader header, out string error) =>
        Canonical.TryDecode(bytes, MaxBytes, "header", Read, out header, out error);

    private static BlockHeader Read(CborReader reader)
    {
        Canonical.ReadArray(reader, 14);
        Canonical.ReadTag(reader, Domains.Header);
        var header = new BlockHeader
        {
            ProtocolVersion = (int)Canonical.ReadInteger(reader, 1, int.MaxValue, "protocol version"),
            Chain = new ChainId(Canonical.ReadHash(reader)),
            Height = new Height(Canonical.ReadInteger(reader, 1, 1L << 62, "height")),
            Round = (int)Canonical.ReadInteger(reader, 0, int.MaxValue, "round"),
            Time = new BlockTime(Canonical.ReadInteger(reader, 0, BlockTime.MaxUnixMilliseconds, "time")),
            Proposer = (int)Canonical.ReadInteger(reader, 0, Consensus.ValidatorSet.MaxValidators - 1, "proposer"),
            Previous = new BlockHash(Canonical.ReadHash(reader)),
            TreeSize = Canonical.ReadInteger(reader, 0, 1L << 62, "tree size"),
            TreeRoot = Canonical.ReadHash(reader),
            ResultsRoot = Canonical.ReadHash(reader),
            StateRoot = Canonical.ReadHash(reader),
            Validators = Canonical.ReadHash(reader),
            NextValidators = Canonical.ReadHash(reader),
        };
        reader.ReadEndArray();
        return header;
    }
}
