namespace Dems.Contracts.Queries;

/// <summary>RFC 9162 §2.1.4 consistency proof.</summary>
/// <param name="FirstSize">The smaller tree.</param>
/// <param name="SecondSize">The larger tree.</param>
/// <param name="FirstRoot">Root of the smaller tree.</param>
/// <param name="SecondRoot">Root of the larger tree.</param>
/// <param name="Path">The proof.</param>
public sealed record ConsistencyProofView(long FirstSize, long SecondSize, string FirstRoot, string SecondRoot, IReadOnlyList<string> Path);
