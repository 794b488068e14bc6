using Dems.Core.Energy;

namespace Dems.Core.Ledger.Entries;

/// <summary>Ends a node, a delegation or a party. Signed by the party's key or a member's.</summary>
/// <param name="Subject">What ends.</param>
/// <param name="Address">The node (also of a delegation) or the party.</param>
/// <param name="Delegate">Fingerprint of the delegated key, as first delegated; all zero unless a delegation ends.</param>
/// <param name="Effective">For a node, the first second no longer covered, since 1970-01-01T00:00:00Z, at least 1; 0 otherwise.</param>
public sealed record Retirement(RetirementSubject Subject, NodeAddress Address, Hash32 Delegate, long Effective) : EntryBody
{
    /// <inheritdoc/>
    public override EntryKind Kind => EntryKind.Retirement;
}
