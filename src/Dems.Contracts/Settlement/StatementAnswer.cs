namespace Dems.Contracts.Settlement;

/// <summary>A statement as people read it, and as it is handed on.</summary>
/// <param name="View">For people and programs.</param>
/// <param name="Proof">Canonical bytes of the statement's proof: checked offline.</param>
public sealed record StatementAnswer(StatementView View, ReadOnlyMemory<byte> Proof);
