namespace Dems.Contracts.Queries;

/// <summary>Part of an answer.</summary>
/// <param name="Readings">In the order (start, register, revision).</param>
/// <param name="Next">Where to go on; null at the end.</param>
/// <param name="ThroughHeight">Blocks up to this height have been projected.</param>
public sealed record ReadingPage(IReadOnlyList<ReadingView> Readings, ReadingPosition? Next, long ThroughHeight);
