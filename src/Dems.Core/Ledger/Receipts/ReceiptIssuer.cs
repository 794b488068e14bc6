using Dems.Core.Crypto;
using Dems.Core.Ledger.Encoding;

namespace Dems.Core.Ledger.Receipts;

/// <summary>
/// A member's word that a key signs its receipts. The validator key itself signs votes only, so that a service which answers strangers never holds it; a receipt key
/// can be replaced without a new genesis.
/// </summary>
/// <param name="Member">The member's validator key.</param>
/// <param name="Signature">64 bytes by that key over <see cref="SignedBytes"/>.</param>
public sealed record ReceiptIssuer(PublicKey Member, ReadOnlyMemory<byte> Signature)
{
    /// <summary>Lets a validator key speak for a receipt key.</summary>
    public static ReceiptIssuer Of(Hash32 genesis, PublicKey receiptKey, ISigner validator) =>
        new(validator.PublicKey, validator.Sign(SignedBytes(genesis, receiptKey)));

    /// <summary>The canonical array [domain tag, genesis hash, receipt key].</summary>
    public static byte[] SignedBytes(Hash32 genesis, PublicKey receiptKey)
    {
        var writer = Canonical.NewWriter();
        writer.WriteStartArray(3);
        writer.WriteTextString(Domains.ReceiptKey);
        Canonical.WriteHash(writer, genesis);
        writer.WriteByteString(receiptKey.Bytes);
        writer.WriteEndArray();
        return writer.Encode();
    }

    /// <summary>Whether the member's key signed this for the receipt key.</summary>
    public bool Vouches(Hash32 genesis, PublicKey receiptKey, ISignatureVerifier verifier) =>
        verifier.Verify(Member, SignedBytes(genesis, receiptKey), Signature.Span);
}
