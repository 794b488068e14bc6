namespace Dems.Replication.Ports;

/// <summary>One page of a query.</summary>
/// <param name="Readings">The readings in order.</param>
/// <param name="Next">Where the next page starts; null if this is the last one.</param>
public sealed record ReadingPage(IReadOnlyList<ProjectedReading> Readings, ReadingCursor? Next);
