using Dems.Core.Ledger;

namespace Dems.Replication.Ports;

/// <summary>An ordered entry as the chain store holds it.</summary>
/// <param name="Index">Position in the chain's tree, from 0.</param>
/// <param name="Height">Block that ordered it.</param>
/// <param name="Leaf">Names the bytes.</param>
/// <param name="Content">Names what was signed.</param>
/// <param name="Bytes">The encoded entry.</param>
public sealed record StoredEntry(long Index, Height Height, LeafHash Leaf, ContentId Content, ReadOnlyMemory<byte> Bytes);
