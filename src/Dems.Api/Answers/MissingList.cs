using Dems.Contracts.Queries;

namespace Dems.Api.Answers;

/// <summary>What has to be chased.</summary>
/// <param name="Items">By node and register.</param>
internal sealed record MissingList(IReadOnlyList<MissingView> Items);
