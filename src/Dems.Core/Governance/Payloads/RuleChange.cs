using Dems.Core.Energy;

namespace Dems.Core.Governance.Payloads;

/// <summary>Another allocation policy for the intervals of a carrier that start at the ballot's effect or later.</summary>
/// <param name="Carrier">The carrier.</param>
/// <param name="Policy">The canonical bytes of the policy: rule, keys, parameters.</param>
public sealed record RuleChange(Carrier Carrier, ReadOnlyMemory<byte> Policy) : BallotPayload
{
    /// <inheritdoc/>
    public override BallotKind Kind => BallotKind.Rule;
}
