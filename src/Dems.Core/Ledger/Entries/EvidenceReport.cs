using Dems.Core.Consensus;
using Dems.Core.Crypto;

namespace Dems.Core.Ledger.Entries;

/// <summary>Puts evidence against a validator on the chain, where a ballot can refer to it. Signed by a member's key. Its two signatures are checked on opening; that the key was the validator's, on execution.</summary>
/// <param name="Offender">The key that signed both statements.</param>
/// <param name="Evidence">What was signed, for the chain that the entry is for.</param>
public sealed record EvidenceReport(PublicKey Offender, Evidence Evidence) : EntryBody
{
    /// <inheritdoc/>
    public override EntryKind Kind => EntryKind.Evidence;
}
