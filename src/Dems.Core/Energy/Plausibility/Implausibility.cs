namespace Dems.Core.Energy.Plausibility;

/// <summary>
/// Why a reading is doubtful. A mark says "look at this", to people: it never decides a vote, an outcome or an allocation, and a marked reading is as final as any other.
/// Quantities below zero need no mark, since no entry can carry one.
/// </summary>
[Flags]
public enum Implausibility
{
    /// <summary>Nothing is doubtful.</summary>
    None = 0,

    /// <summary>More energy than the node's sources can move in that time.</summary>
    AbovePowerLimit = 1,

    /// <summary>More content than the node's storage can hold.</summary>
    AboveCapacity = 2,

    /// <summary>Far more than the register ever showed on this day and the one before.</summary>
    Jump = 4,

    /// <summary>The interval ends in the future.</summary>
    Future = 8,
}
