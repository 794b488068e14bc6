namespace Dems.Core.Settlement.Calendar;

/// <summary>From this second on, local time is UTC plus this offset.</summary>
/// <param name="At">Seconds since 1970-01-01T00:00:00Z.</param>
/// <param name="OffsetSeconds">Local minus UTC, within ±<see cref="LocalTimeRules.MaxOffset"/>.</param>
public readonly record struct OffsetChange(long At, int OffsetSeconds);
