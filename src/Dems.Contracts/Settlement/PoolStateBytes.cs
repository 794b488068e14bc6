namespace Dems.Contracts.Settlement;

/// <summary>What a pool's newest state says that settlement reads, with proofs.</summary>
/// <param name="Root">Root of the state.</param>
/// <param name="Keys">Canonical bytes of the proven keys.</param>
[GenerateSerializer]
[Immutable]
[Alias("dems.PoolStateBytes")]
public sealed record PoolStateBytes([property: Id(0)] byte[] Root, [property: Id(1)] byte[] Keys);
