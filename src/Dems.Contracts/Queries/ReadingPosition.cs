namespace Dems.Contracts.Queries;

/// <summary>A place in the order (start, register, revision) of one node's readings.</summary>
/// <param name="Start">Interval start in seconds.</param>
/// <param name="Register">Number of the register.</param>
/// <param name="Revision">Revision.</param>
public readonly record struct ReadingPosition(long Start, int Register, int Revision);
