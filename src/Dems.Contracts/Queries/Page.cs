namespace Dems.Contracts.Queries;

/// <summary>Part of a list.</summary>
/// <param name="Items">The items, in a fixed order.</param>
/// <param name="Next">Opaque cursor of the next part; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
