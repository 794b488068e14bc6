namespace Dems.Contracts.Queries;

/// <summary>A place in the order (start, register, duration, revision) of one node's readings.</summary>
/// <param name="Start">Interval start in seconds.</param>
/// <param name="Register">Number of the register.</param>
/// <param name="Duration">Interval length in seconds.</param>
/// <param name="Revision">Revision.</param>
public readonly record struct ReadingPosition(long Start, int Register, int Duration, int Revision);
