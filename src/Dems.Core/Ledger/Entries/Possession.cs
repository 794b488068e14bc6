using System.Formats.Cbor;
using Dems.Core.Crypto;
using Dems.Core.Energy;
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

    /// <summary>Whether the proof that a body carries, if its kind carries one, is valid.</summary>
    public static bool IsProven(OpenedEntry entry, ISignatureVerifier verifier) => entry.Body switch
    {
        PartyRegistration party => verifier.Verify(party.Party, OfParty(entry.Chain, party.Party, party.Name), party.Proof.Span),
        NodeRegistration node => verifier.Verify(node.Node, OfNode(entry.Chain, node.Node, node.Party), node.Proof.Span),
        KeyRotation rotation => verifier.Verify(rotation.NewKey, OfRotation(entry.Chain, rotation.NewKey, entry.Signer), rotation.Proof.Span),
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
