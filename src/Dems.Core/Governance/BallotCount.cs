namespace Dems.Core.Governance;

/// <summary>The weights counted so far. All sums are below 2⁶³ by the bounds on weights.</summary>
/// <param name="Electors">Electors with a weight above 0.</param>
/// <param name="Total">Their weights together.</param>
/// <param name="Voters">Electors that voted.</param>
/// <param name="Yes">Weight for it.</param>
/// <param name="No">Weight against it.</param>
/// <param name="Abstain">Weight that abstained.</param>
public sealed record BallotCount(int Electors, long Total, int Voters, long Yes, long No, long Abstain)
{
    /// <summary>Before the opening.</summary>
    public static BallotCount None { get; } = new(0, 0, 0, 0, 0, 0);

    /// <summary>The count after one more vote.</summary>
    public BallotCount With(BallotChoice choice, long weight) => this with
    {
        Voters = checked(Voters + 1),
        Yes = checked(Yes + (choice == BallotChoice.Yes ? weight : 0)),
        No = checked(No + (choice == BallotChoice.No ? weight : 0)),
        Abstain = checked(Abstain + (choice == BallotChoice.Abstain ? weight : 0)),
    };
}
