namespace Dems.Api.Answers;

/// <summary>A statement's proof.</summary>
/// <param name="Party">Address of the party.</param>
/// <param name="Period">The days.</param>
/// <param name="Statement">Hash of the statement in hexadecimal.</param>
/// <param name="AsOf">Height of the newest block that it counts.</param>
/// <param name="Proof">Canonical bytes in base64: what is kept and handed on.</param>
internal sealed record StatementProofView(string Party, string Period, string Statement, long AsOf, string Proof);
