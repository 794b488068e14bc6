namespace Dems.Contracts.Queries;

/// <summary>How a pool votes.</summary>
/// <param name="Weights">Who votes with which weight: per party, per node, per member, by capacity.</param>
/// <param name="QuorumPpm">Least weight that must take part, in 10⁻⁶ of the electorate's.</param>
/// <param name="ThresholdPpm">Least weight that must agree, in 10⁻⁶ of that of yes and no.</param>
/// <param name="MinNoticeSeconds">Shortest time between proposal and opening.</param>
/// <param name="MaxOpenBallots">Most ballots of parties under way at once.</param>
/// <param name="ProtocolVersion">Protocol version of the next block.</param>
/// <param name="TimeZones">SHA-256 of the time-zone data that a ballot named, in hexadecimal; null if none did.</param>
[GenerateSerializer]
[Immutable]
[Alias("dems.GovernanceView")]
public sealed record GovernanceView(
    [property: Id(0)] string Weights,
    [property: Id(1)] int QuorumPpm,
    [property: Id(2)] int ThresholdPpm,
    [property: Id(3)] int MinNoticeSeconds,
    [property: Id(4)] int MaxOpenBallots,
    [property: Id(5)] int ProtocolVersion,
    [property: Id(6)] string? TimeZones);
