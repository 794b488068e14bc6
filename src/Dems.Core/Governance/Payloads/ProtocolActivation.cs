namespace Dems.Core.Governance.Payloads;

/// <summary>From the block after the effect on, headers carry another protocol version. Validators that do not support it stop and say so.</summary>
/// <param name="Version">The version, higher than the one in force.</param>
public sealed record ProtocolActivation(int Version) : BallotPayload
{
    /// <inheritdoc/>
    public override BallotKind Kind => BallotKind.Protocol;
}
