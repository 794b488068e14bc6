using Dems.Core.Energy;

namespace Dems.Core.Ledger.Execution;

/// <summary>The newest revision of one interval within a UTC day.</summary>
/// <param name="Offset">Start in seconds after midnight, 0…86 399.</param>
/// <param name="Duration">Length in seconds.</param>
/// <param name="Quantity">Amount in Wh.</param>
/// <param name="Quality">How it came about.</param>
/// <param name="Revision">Its revision.</param>
internal readonly record struct ReadingSlot(int Offset, int Duration, long Quantity, Quality Quality, int Revision)
{
    /// <summary>End (exclusive) in seconds after the midnight that the offset counts from; may lie on a later day.</summary>
    public int End => Offset + Duration;
}
