using Dems.Core.Crypto;

namespace Dems.Core.Ledger.Entries;

/// <summary>Replaces the signing key of a party, node or delegate by a new one. Signed by the old key, which is refused from then on; address and delegations stay.</summary>
/// <param name="NewKey">The key that takes over; never used on the chain before.</param>
/// <param name="Proof">Signature of the new key over <see cref="Possession.OfRotation"/>.</param>
public sealed record KeyRotation(PublicKey NewKey, ReadOnlyMemory<byte> Proof) : EntryBody
{
    /// <inheritdoc/>
    public override EntryKind Kind => EntryKind.KeyRotation;
}
