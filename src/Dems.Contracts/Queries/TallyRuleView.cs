namespace Dems.Contracts.Queries;

/// <summary>How a ballot is counted.</summary>
/// <param name="Weights">Who votes with which weight: per party, per node, per member, by capacity.</param>
/// <param name="MemberQuorum">Whether more than two thirds of the members must agree; the two shares are then 0.</param>
/// <param name="QuorumPpm">Least weight that must take part, in 10⁻⁶ of the electorate's.</param>
/// <param name="ThresholdPpm">Least weight that must agree, in 10⁻⁶ of that of yes and no.</param>
[GenerateSerializer]
[Immutable]
[Alias("dems.TallyRuleView")]
public sealed record TallyRuleView(
    [property: Id(0)] string Weights,
    [property: Id(1)] bool MemberQuorum,
    [property: Id(2)] int QuorumPpm,
    [property: Id(3)] int ThresholdPpm);
