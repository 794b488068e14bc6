using Dems.Contracts.Queries;

namespace Dems.Api.Answers;

/// <summary>Part of the list of a pool's intervals.</summary>
/// <param name="Items">Ascending by start.</param>
/// <param name="Next">Cursor of the next part; null at the end.</param>
internal sealed record IntervalPage(IReadOnlyList<IntervalView> Items, string? Next);
