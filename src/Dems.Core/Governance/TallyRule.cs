namespace Dems.Core.Governance;

/// <summary>
/// How a ballot is counted. With T the weight of the frozen electorate, Y, N and A the weights that voted yes, no and abstained, in integers without rounding:
/// <list type="bullet">
/// <item>quorum: (Y + N + A) · 10⁶ ≥ <see cref="QuorumPpm"/> · T, and T &gt; 0;</item>
/// <item>threshold: Y · 10⁶ ≥ <see cref="ThresholdPpm"/> · (Y + N), and Y &gt; N.</item>
/// </list>
/// A ballot by members' quorum has one vote per validator of the opening's height, n in number, and is accepted iff Y ≥ q = ⌊2n/3⌋ + 1, the quorum of consensus.
/// </summary>
/// <param name="Weights">Who votes, and with which weight.</param>
/// <param name="MemberQuorum">Whether q members decide; the weights are then per member, and the two shares are 0.</param>
/// <param name="QuorumPpm">Least weight that must take part, in 10⁻⁶ of the electorate's, 0…10⁶.</param>
/// <param name="ThresholdPpm">Least weight that must agree, in 10⁻⁶ of that of yes and no, 0…10⁶.</param>
public sealed record TallyRule(WeightMode Weights, bool MemberQuorum, int QuorumPpm, int ThresholdPpm)
{
    private const int Million = 1_000_000;

    /// <summary>q members decide.</summary>
    public static TallyRule ByMembers { get; } = new(WeightMode.PerMember, MemberQuorum: true, QuorumPpm: 0, ThresholdPpm: 0);

    /// <summary>The rule of a kind of ballot. What touches who decides, who takes part or by which software is up to the members.</summary>
    public static TallyRule Of(BallotKind kind, GovernanceRules rules) =>
        kind is BallotKind.Admission or BallotKind.Validators or BallotKind.Protocol or BallotKind.TimeZones
            ? ByMembers
            : new TallyRule(rules.Weights, MemberQuorum: false, rules.QuorumPpm, rules.ThresholdPpm);

    /// <summary>Decides by a count.</summary>
    public BallotDecision Decide(BallotCount count)
    {
        if (MemberQuorum)
        {
            return count.Yes >= 2 * count.Total / 3 + 1 ? BallotDecision.Accepted : BallotDecision.RejectedThreshold;
        }

        Int128 given = (Int128)count.Yes + count.No;
        if (count.Total == 0 || (given + count.Abstain) * Million < (Int128)QuorumPpm * count.Total)
        {
            return BallotDecision.RejectedQuorum;
        }

        return count.Yes > count.No && (Int128)count.Yes * Million >= ThresholdPpm * given ? BallotDecision.Accepted : BallotDecision.RejectedThreshold;
    }
}
