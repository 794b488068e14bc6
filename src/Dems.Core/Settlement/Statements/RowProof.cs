namespace Dems.Core.Settlement.Statements;

/// <summary>What a row of settlement says about where it comes from.</summary>
/// <param name="Reference">Leaf hash of the entry or result row that proves it.</param>
/// <param name="Provisional">Whether a value of lower quality than the final settlement needs went into it.</param>
public readonly record struct RowProof(Hash32 Reference, bool Provisional);
