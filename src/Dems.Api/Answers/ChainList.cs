using Dems.Contracts.Queries;

namespace Dems.Api.Answers;

/// <summary>The chains of the network.</summary>
/// <param name="Items">One for each pool, in the order of genesis.</param>
internal sealed record ChainList(IReadOnlyList<ChainView> Items);
