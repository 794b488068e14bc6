using Dems.Contracts.Queries;

namespace Dems.Api.Answers;

/// <summary>Part of a node's readings.</summary>
/// <param name="Items">By start, register, duration and revision.</param>
/// <param name="Next">Cursor of the next part; null at the end.</param>
/// <param name="ThroughHeight">Readings of blocks up to this height are in; later ones follow in a moment.</param>
internal sealed record ReadingsPage(IReadOnlyList<ReadingView> Items, string? Next, long ThroughHeight);
