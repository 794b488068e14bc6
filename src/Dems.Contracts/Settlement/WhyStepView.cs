namespace Dems.Contracts.Settlement;

/// <summary>A step of the arithmetic.</summary>
/// <param name="Node">Whom it concerns; null for the pool.</param>
/// <param name="Formula">In the symbols of docs/allocation.md.</param>
/// <param name="Numbers">The formula with its numbers.</param>
/// <param name="Value">The outcome, in Wh unless the formula says otherwise.</param>
public sealed record WhyStepView(string? Node, string Formula, string Numbers, long Value);
