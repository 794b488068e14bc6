using Dems.Contracts.Queries;

namespace Dems.Api.Answers;

/// <summary>Part of the list of nodes.</summary>
/// <param name="Items">By address.</param>
/// <param name="Next">Cursor of the next part; null at the end.</param>
internal sealed record NodePage(IReadOnlyList<NodeSummary> Items, string? Next);
