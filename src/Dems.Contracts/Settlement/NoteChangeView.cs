namespace Dems.Contracts.Settlement;

/// <summary>An interval that a note corrects.</summary>
/// <param name="Node">The node.</param>
/// <param name="Start">Start of the interval.</param>
/// <param name="Energy">New minus old, in Wh.</param>
/// <param name="Replaces">Leaf hash of the row that no longer holds; null if there was none.</param>
/// <param name="Reference">Leaf hash of the row that holds now.</param>
public sealed record NoteChangeView(string Node, DateTimeOffset Start, EnergyView Energy, string? Replaces, string Reference);
