namespace Dems.Contracts.Grains;

/// <summary>What became of a delivered frame.</summary>
public enum DeliverOutcome
{
    /// <summary>It is in the inbox.</summary>
    Accepted = 0,

    /// <summary>The inbox is full.</summary>
    Busy = 1,

    /// <summary>The replica is not running (yet, or any more).</summary>
    NotRunning = 2,

    /// <summary>The frame does not open.</summary>
    Refused = 3,
}
