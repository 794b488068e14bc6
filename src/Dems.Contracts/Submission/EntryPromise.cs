namespace Dems.Contracts.Submission;

/// <summary>One member's signed word that an entry is durable with it and will be ordered by a height.</summary>
/// <param name="Member">Index of the member in genesis.</param>
/// <param name="LatestHeight">The entry is ordered at this height at the latest.</param>
/// <param name="GroupSize">Content ids under the signature.</param>
/// <param name="Index">Place of this entry's content id among them.</param>
/// <param name="Path">RFC 9162 inclusion path from the content id to the signed root, 32 bytes each, from the leaf upwards.</param>
/// <param name="Signature">64 bytes over chain, latest height, size and root (docs/format.md).</param>
[GenerateSerializer]
[Immutable]
[Alias("dems.EntryPromise")]
public sealed record EntryPromise(
    [property: Id(0)] int Member,
    [property: Id(1)] long LatestHeight,
    [property: Id(2)] int GroupSize,
    [property: Id(3)] int Index,
    [property: Id(4)] IReadOnlyList<ReadOnlyMemory<byte>> Path,
    [property: Id(5)] ReadOnlyMemory<byte> Signature);
