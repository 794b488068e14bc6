using Dems.Core.Crypto;
using Dems.Core.Energy;

namespace Dems.Core.Ledger.Entries;

/// <summary>
/// Lets a key sign readings of a node. Signed by the key of the node's party. A later delegation of the same key for the same node replaces
/// the earlier one. Periods refer to the intervals of readings, not to the time of signing: an expired delegate may still correct its own time.
/// </summary>
/// <param name="Delegate">The key that may sign.</param>
/// <param name="Role">What holds it.</param>
/// <param name="Node">The node signed for.</param>
/// <param name="Registers">The registers signed for, strictly ascending, at least one.</param>
/// <param name="ValidFrom">First second, since 1970-01-01T00:00:00Z.</param>
/// <param name="ValidUntil">First second no longer covered; 0 is open.</param>
public sealed record Delegation(
    PublicKey Delegate, DelegationRole Role, NodeAddress Node, IReadOnlyList<Register> Registers, long ValidFrom, long ValidUntil) : EntryBody
{
    /// <inheritdoc/>
    public override EntryKind Kind => EntryKind.Delegation;
}
