namespace Dems.Core.Ledger.Execution.Intervals;

/// <summary>Where an interval stands on its way to being allocated. Numbers are part of the state.</summary>
internal enum IntervalStatus : byte
{
    /// <summary>Readings came in, not all that are required; it closes when its grace period is over.</summary>
    Open = 0,

    /// <summary>All required readings seem to be there; it closes at the end of the block, or as soon as the work of a block allows.</summary>
    Ready = 1,

    /// <summary>Allocated.</summary>
    Closed = 2,

    /// <summary>Allocated, and corrected since; it is allocated again like one that is ready.</summary>
    Corrected = 3,
}
