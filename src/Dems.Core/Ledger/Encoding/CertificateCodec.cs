using System.Formats.Cbor;
using Dems.Core.Consensus;

namespace Dems.Core.Ledger.Encoding;

/// <summary>
/// How a commit certificate travels and is stored: [chain, height, round, block, [[validator, signature], …]], validators strictly
/// ascending. Whether there are q of them and whether they verify depends on the validator set and is checked apart.
/// </summary>
public static class CertificateCodec
{
    /// <summary>Longest encoded certificate in bytes.</summary>
    public const int MaxBytes = 128 + ValidatorSet.MaxValidators * 72;

    /// <summary>Canonical bytes.</summary>
    public static byte[] Encode(CommitCertificate certificate)
    {
        var writer = Canonical.NewWriter(128 + certificate.Signatures.Count * 72);
        Write(writer, certificate);
        return writer.Encode();
    }

    /// <summary>Writes the certificate as one item of a larger message.</summary>
    public static void Write(CborWriter writer, CommitCertificate certificate)
    {
        writer.WriteStartArray(5);
        Canonical.WriteHash(writer, certificate.Chain.Value);
        writer.WriteInt64(certificate.Height.Value);
        writer.WriteInt32(certificate.Round);
        Canonical.WriteHash(writer, certificate.Block.Value);
        writer.WriteStartArray(certificate.Signatures.Count);
        foreach (var signature in certificate.Signatures)
        {
            writer.WriteStartArray(2);
            writer.WriteInt32(signature.Validator);
            ConsensusFields.WriteSignature(writer, signature.Signature);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteEndArray();
    }

    /// <summary>Decodes strictly; false with a reason otherwise. Checks no signature.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> bytes, out CommitCertificate certificate, out string error) =>
        Canonical.TryDecode(bytes, MaxBytes, "certificate", Read, out certificate, out error);

    /// <summary>Reads the certificate as one item of a larger message, inside <see cref="Canonical.TryDecode"/>.</summary>
    public static CommitCertificate Read(CborReader reader)
    {
        Canonical.ReadArray(reader, 5);
        var chain = new ChainId(Canonical.ReadHash(reader));
        var height = ConsensusFields.ReadHeight(reader);
        var round = ConsensusFields.ReadRound(reader);
        var block = ConsensusFields.ReadBlockHash(reader);
        var signatures = new CommitSignature[Canonical.ReadArrayUpTo(reader, ValidatorSet.MaxValidators)];
        for (var i = 0; i < signatures.Length; i++)
        {
            Canonical.ReadArray(reader, 2);
            signatures[i] = new CommitSignature(ConsensusFields.ReadValidator(reader), ConsensusFields.ReadSignature(reader));
            reader.ReadEndArray();
            if (i > 0 && signatures[i].Validator <= signatures[i - 1].Validator)
            {
                throw new FormatException($"validator {signatures[i].Validator} follows {signatures[i - 1].Validator}: the order must ascend strictly");
            }
        }

        reader.ReadEndArray();
        reader.ReadEndArray();
        return new CommitCertificate(chain, height, round, block, signatures);
    }
}
