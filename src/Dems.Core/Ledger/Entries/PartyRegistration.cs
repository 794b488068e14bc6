using Dems.Core.Crypto;
using Dems.Core.Energy;

namespace Dems.Core.Ledger.Entries;

/// <summary>Admits a person or organisation. Signed by a member's key; the party proves that it holds its own.</summary>
/// <param name="Party">The party's first key; gives its address.</param>
/// <param name="Name">What members call it, 1…<see cref="MaxNameLength"/> characters; not a legal name (those stay off the ledger).</param>
/// <param name="Proof">Signature of the party's key over <see cref="Possession.OfParty"/>.</param>
public sealed record PartyRegistration(PublicKey Party, string Name, ReadOnlyMemory<byte> Proof) : EntryBody
{
    /// <summary>Longest name in UTF-16 units.</summary>
    public const int MaxNameLength = 64;

    /// <inheritdoc/>
    public override EntryKind Kind => EntryKind.PartyRegistration;

    /// <summary>The party's address.</summary>
    public NodeAddress Address => NodeAddress.Of(Party);
}
