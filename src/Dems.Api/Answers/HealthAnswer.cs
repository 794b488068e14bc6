namespace Dems.Api.Answers;

/// <summary>How the member is.</summary>
/// <param name="Status"><c>alive</c>, <c>ready</c> or <c>degraded</c>.</param>
/// <param name="Reasons">Why it is degraded.</param>
internal sealed record HealthAnswer(string Status, IReadOnlyList<string> Reasons);
