using Dems.Core.Crypto;
using Dems.Core.Ledger;

namespace Dems.Replication.Machine;

/// <summary>Who a replica is and whom it knows.</summary>
/// <param name="Genesis">The network.</param>
/// <param name="Chain">The chain replicated.</param>
/// <param name="Member">Index of the member in genesis.</param>
/// <param name="Signer">Its validator key.</param>
/// <param name="Verifier">Checks signatures of votes, proposals, certificates and promises.</param>
public sealed record ReplicaIdentity(Genesis Genesis, ChainId Chain, int Member, ISigner Signer, ISignatureVerifier Verifier)
{
    /// <summary>Number of members of the network.</summary>
    public int MemberCount => Genesis.Members.Count;

    /// <summary>Key of a member.</summary>
    public PublicKey KeyOf(int member) => Genesis.Members[member].Key;
}
