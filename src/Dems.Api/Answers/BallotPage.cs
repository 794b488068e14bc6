using Dems.Contracts.Queries;

namespace Dems.Api.Answers;

/// <summary>Part of the list of ballots.</summary>
/// <param name="Items">The newest first.</param>
/// <param name="Next">Cursor of the next part; null at the end.</param>
internal sealed record BallotPage(IReadOnlyList<BallotView> Items, string? Next);
