namespace Dems.Contracts.Queries;

/// <summary>RFC 9162 §2.1.3 inclusion proof.</summary>
/// <param name="Index">Leaf index.</param>
/// <param name="TreeSize">Size of the tree proven against.</param>
/// <param name="Leaf">Leaf hash in hexadecimal.</param>
/// <param name="TreeRoot">Root at that size.</param>
/// <param name="Path">Sibling hashes from the leaf upwards.</param>
public sealed record InclusionProofView(long Index, long TreeSize, string Leaf, string TreeRoot, IReadOnlyList<string> Path);
