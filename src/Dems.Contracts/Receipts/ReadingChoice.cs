using Dems.Core.Energy;

namespace Dems.Contracts.Receipts;

/// <summary>One reading of a batch: a batch holds each interval of a register at most once.</summary>
/// <param name="Register">What was counted.</param>
/// <param name="Start">Start of the interval in seconds since 1970-01-01T00:00:00Z.</param>
public sealed record ReadingChoice(Register Register, long Start);
