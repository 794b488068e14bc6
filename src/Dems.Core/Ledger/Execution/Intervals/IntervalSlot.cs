namespace Dems.Core.Ledger.Execution.Intervals;

/// <summary>One interval of a day.</summary>
/// <param name="Offset">Its start in seconds after midnight UTC of the day it starts on.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Revision">How often it was allocated again; −1 before the first time.</param>
/// <param name="Since">Block time in seconds: of the first reading while it is open, of the last allocation after that.</param>
/// <param name="Covered">Seconds that required readings cover, summed over nodes and sides.</param>
internal readonly record struct IntervalSlot(int Offset, IntervalStatus Status, int Revision, long Since, long Covered);
