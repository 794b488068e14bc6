using Dems.Contracts.Queries;

namespace Dems.Api.Answers;

/// <summary>The members of the network.</summary>
/// <param name="Items">In the order of genesis: votes and promises name members by their place.</param>
internal sealed record MemberList(IReadOnlyList<MemberView> Items);
