using Dems.Core.Ledger.Entries;

namespace Dems.Core.Governance.Payloads;

/// <summary>Admits or removes a party or a node: what a registration or retirement says, decided by the members instead of signed by whoever may sign it.</summary>
/// <param name="Body">A registration of a party or a node with its proof of possession, or a retirement of one.</param>
public sealed record AdmissionChange(EntryBody Body) : BallotPayload
{
    /// <inheritdoc/>
    public override BallotKind Kind => BallotKind.Admission;
}
