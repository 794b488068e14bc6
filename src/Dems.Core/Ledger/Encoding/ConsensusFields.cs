using System.Formats.Cbor;
using Dems.Core.Consensus;
using Dems.Core.Crypto;

namespace Dems.Core.Ledger.Encoding;

/// <summary>The fields that votes, proposals, blocks and certificates share, each with its bounds.</summary>
internal static class ConsensusFields
{
    public static Height ReadHeight(CborReader reader) => new(Canonical.ReadInteger(reader, 1, 1L << 62, "height"));

    public static int ReadRound(CborReader reader) => (int)Canonical.ReadInteger(reader, 0, int.MaxValue, "round");

    public static int ReadValidator(CborReader reader) => (int)Canonical.ReadInteger(reader, 0, ValidatorSet.MaxValidators - 1, "validator");

    /// <summary>A block hash that names a block: a zero hash would be a second way to write nil.</summary>
    public static BlockHash ReadBlockHash(CborReader reader)
    {
        var hash = new BlockHash(Canonical.ReadHash(reader));
        return hash.Value.IsZero ? throw new FormatException("a block hash is not zero") : hash;
    }

    /// <summary>Copies the signature, so that a stored vote does not keep its whole message alive.</summary>
    public static ReadOnlyMemory<byte> ReadSignature(CborReader reader) =>
        Canonical.ReadBytes(reader, Es256.SignatureSize, "a signature").ToArray();

    public static void WriteSignature(CborWriter writer, ReadOnlyMemory<byte> signature)
    {
        if (signature.Length != Es256.SignatureSize)
        {
            throw new ArgumentException($"Only signed messages are encoded: a signature has {Es256.SignatureSize} bytes, not {signature.Length}.", nameof(signature));
        }

        writer.WriteByteString(signature.Span);
    }
}
