using Dems.Core.Crypto;
using Dems.Core.Energy;
using Dems.Core.Governance.Payloads;
using Dems.Core.Ledger.Entries;

namespace Dems.Core.Ledger.Encoding;

/// <summary>Makes signed entries, and the bodies that carry a second signature.</summary>
public static class EntryBuilder
{
    /// <summary>Signs a body and returns the envelope.</summary>
    /// <param name="body">What to say.</param>
    /// <param name="chain">The chain it is for.</param>
    /// <param name="sequence">A nonce that this signer has not used on this chain.</param>
    /// <param name="salt">16 fresh random bytes: without them small numbers could be guessed from the content id.</param>
    /// <param name="signer">Whose key signs.</param>
    /// <exception cref="ArgumentException">The body breaks a bound that decoding would refuse.</exception>
    public static byte[] Sign(EntryBody body, ChainId chain, long sequence, ReadOnlySpan<byte> salt, ISigner signer)
    {
        var message = SignMessage(body, chain, sequence, salt, signer);
        return EntryEnvelope.Encode(body.Kind, message);
    }

    /// <summary>Signs a body and returns the bare COSE_Sign1 message, as devices send it (application/cose).</summary>
    /// <inheritdoc cref="Sign"/>
    public static byte[] SignMessage(EntryBody body, ChainId chain, long sequence, ReadOnlySpan<byte> salt, ISigner signer)
    {
        if (salt.Length != OpenedEntry.SaltSize || sequence is < 0 or > OpenedEntry.MaxSequence)
        {
            throw new ArgumentException($"A salt has {OpenedEntry.SaltSize} bytes and a sequence number lies in 0…{OpenedEntry.MaxSequence}.", nameof(salt));
        }

        var message = CoseSign1.Sign(EntryCodec.EncodePayload(body, chain, sequence, salt), signer);
        return EntryCodec.TryDecode(EntryEnvelope.Encode(body.Kind, message), out _, out var error)
            ? message
            : throw new ArgumentException($"The body cannot be encoded. {error}", nameof(body));
    }

    /// <summary>A registration with the party's proof.</summary>
    public static PartyRegistration PartyRegistration(ChainId chain, ISigner party, string name) =>
        new(party.PublicKey, name, party.Sign(Possession.OfParty(chain, party.PublicKey, name)));

    /// <summary>A registration with the node's proof.</summary>
    public static NodeRegistration NodeRegistration(
        ChainId chain, ISigner node, string meteringPoint, NodeAddress party, IReadOnlyList<EnergySource> sources, long validFrom) =>
        new(node.PublicKey, meteringPoint, party, sources, validFrom, node.Sign(Possession.OfNode(chain, node.PublicKey, party)));

    /// <summary>A rotation with the new key's proof.</summary>
    public static KeyRotation KeyRotation(ChainId chain, ISigner newKey, PublicKey oldKey) =>
        new(newKey.PublicKey, newKey.Sign(Possession.OfRotation(chain, newKey.PublicKey, oldKey)));

    /// <summary>A further validator, with the proof of its key.</summary>
    public static ValidatorChange.Add ValidatorAddition(ChainId chain, ISigner validator, string name) =>
        new(validator.PublicKey, name, validator.Sign(Possession.OfValidator(chain, validator.PublicKey, name)));

    /// <summary>Another key for a validator, with the new key's proof.</summary>
    public static ValidatorChange.Replace ValidatorReplacement(ChainId chain, ISigner newKey, PublicKey oldKey) =>
        new(oldKey, newKey.PublicKey, newKey.Sign(Possession.OfValidatorKey(chain, newKey.PublicKey, oldKey)));
}
