namespace Dems.Core.Governance.Payloads;

/// <summary>Local times (billing periods, gas days) are reckoned by time-zone data of this hash.</summary>
/// <param name="Data">SHA-256 of the data file.</param>
public sealed record TimeZoneActivation(Hash32 Data) : BallotPayload
{
    /// <inheritdoc/>
    public override BallotKind Kind => BallotKind.TimeZones;
}
