namespace Dems.Contracts.Settlement;

/// <summary>What became of a question.</summary>
public enum DeskStanding
{
    /// <summary>It is answered.</summary>
    Answered,

    /// <summary>There is no such thing.</summary>
    NotFound,

    /// <summary>What was asked for cannot be computed; the reason says why.</summary>
    Refused,

    /// <summary>What certifies the answer is not here yet.</summary>
    NotYet,
}
