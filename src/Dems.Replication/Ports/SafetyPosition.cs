using Dems.Core.Ledger;

namespace Dems.Replication.Ports;

/// <summary>How far a validator has signed: ordered by height, then round, then step (0 nothing, 1 proposal, 2 prevote, 3 precommit).</summary>
/// <param name="Height">Height signed for.</param>
/// <param name="Round">Round signed in.</param>
/// <param name="Step">1 proposal, 2 prevote, 3 precommit; 0 for nothing yet.</param>
public readonly record struct SafetyPosition(Height Height, int Round, int Step) : IComparable<SafetyPosition>
{
    /// <inheritdoc/>
    public int CompareTo(SafetyPosition other)
    {
        var order = Height.CompareTo(other.Height);
        order = order != 0 ? order : Round.CompareTo(other.Round);
        return order != 0 ? order : Step.CompareTo(other.Step);
    }
}
