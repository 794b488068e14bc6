namespace Dems.Core.Settlement.Statements;

/// <summary>One step of the arithmetic of a statement, for people who ask why.</summary>
/// <param name="Section">Place of the section, from 0; −1 for totals.</param>
/// <param name="Line">Name of the line, or of the payee of a total.</param>
/// <param name="Formula">In the symbols of docs/settlement.md.</param>
/// <param name="Numbers">The formula with its numbers.</param>
/// <param name="Value">The outcome in billed units.</param>
public sealed record StatementStep(int Section, string Line, string Formula, string Numbers, long Value)
{
    /// <summary>Line, formula, numbers.</summary>
    public override string ToString() => $"{Line}: {Formula}: {Numbers}";
}
