using Dems.Contracts.Queries;

namespace Dems.Api.Answers;

/// <summary>Part of the list of a pool's nodes.</summary>
/// <param name="Items">In the order of registration.</param>
/// <param name="Next">Cursor of the next part; null at the end.</param>
internal sealed record PoolNodePage(IReadOnlyList<NodeView> Items, string? Next);
