using System.Formats.Cbor;
using Dems.Core.Crypto;
using Dems.Core.Energy;
using Dems.Core.Governance.Payloads;
using Dems.Core.Ledger.Encoding;

namespace Dems.Core.Ledger.Entries;

/// <summary>
/// What a key signs to prove that whoever registers it holds it, so that nobody takes an address by registering a stranger's key:
/// the canonical array [tag, chain, key, context], the context being what the key agrees to.
/// </summary>
public static class Possession
{
    /// <summary>The party agrees to be registered under a name.</summary>
    public static byte[] OfParty(ChainId chain, PublicKey party, string name)
    {
        var writer = Start(chain, party);
        writer.WriteTextString(name);
        return End(writer);
    }

    /// <summary>The node's key agrees to belong to a party.</summary>
    public static byte[] OfNode(ChainId chain, PublicKey node, NodeAddress party)
    {
        var writer = Start(chain, node);
        writer.WriteByteString(party.ToArray());
        return End(writer);
    }

    /// <summary>The new key agrees to follow the old one.</summary>
    public static byte[] OfRotation(ChainId chain, PublicKey newKey, PublicKey oldKey)
    {
        var writer = Start(chain, newKey);
        writer.WriteByteString(oldKey.Bytes);
        return End(writer);
    }

    /// <summary>The key agrees to be the validator key of a member under a name: the context is the array ["member", name], which no other use has.</summary>
    public static byte[] OfValidator(ChainId chain, PublicKey key, string name)
    {
        var writer = Start(chain, key);
        writer.WriteStartArray(2);
        writer.WriteTextString("member");
        writer.WriteTextString(name);
        writer.WriteEndArray();
        return End(writer);
    }

    /// <summary>The key agrees to follow a validator key: the context is the array ["validator", old key].</summary>
    public static byte[] OfValidatorKey(ChainId chain, PublicKey newKey, PublicKey oldKey)
    {
        var writer = Start(chain, newKey);
        writer.WriteStartArray(2);
        writer.WriteTextString("validator");
        writer.WriteByteString(oldKey.Bytes);
        writer.WriteEndArray();
        return End(writer);
    }

    /// <summary>Whether the proof that a body carries, if its kind carries one, is valid; also of a body inside a ballot.</summary>
    public static bool IsProven(OpenedEntry entry, ISignatureVerifier verifier) => entry.Body switch
    {
        KeyRotation rotation => verifier.Verify(rotation.NewKey, OfRotation(entry.Chain, rotation.NewKey, entry.Signer), rotation.Proof.Span),
        BallotProposal { Payload: AdmissionChange admission } => IsProven(entry.Chain, admission.Body, verifier),
        BallotProposal { Payload: ValidatorChange change } => IsProven(entry.Chain, change, verifier),
        var body => IsProven(entry.Chain, body, verifier),
    };

    private static bool IsProven(ChainId chain, EntryBody body, ISignatureVerifier verifier) => body switch
    {
        PartyRegistration party => verifier.Verify(party.Party, OfParty(chain, party.Party, party.Name), party.Proof.Span),
        NodeRegistration node => verifier.Verify(node.Node, OfNode(chain, node.Node, node.Party), node.Proof.Span),
        _ => true,
    };

    private static bool IsProven(ChainId chain, ValidatorChange change, ISignatureVerifier verifier) => change switch
    {
        ValidatorChange.Add add => verifier.Verify(add.Key, OfValidator(chain, add.Key, add.Name), add.Proof.Span),
        ValidatorChange.Replace replace => verifier.Verify(replace.NewKey, OfValidatorKey(chain, replace.NewKey, replace.Key), replace.Proof.Span),
        _ => true,
    };

    private static CborWriter Start(ChainId chain, PublicKey key)
    {
        var writer = Canonical.NewWriter();
        writer.WriteStartArray(4);
        writer.WriteTextString(Domains.Possession);
        Canonical.WriteHash(writer, chain.Value);
        writer.WriteByteString(key.Bytes);
        return writer;
    }

    private static byte[] End(CborWriter writer)
    {
        writer.WriteEndArray();
        return writer.Encode();
    }
}
