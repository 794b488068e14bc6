namespace Dems.Contracts.Grains;

/// <summary>What the header after an executed block must commit to.</summary>
/// <param name="Height">The executed block; 0 before any.</param>
/// <param name="ResultsRoot">32 bytes.</param>
/// <param name="StateRoot">32 bytes.</param>
/// <param name="Changed">Whether one more block must certify the outcome.</param>
/// <param name="Validators">Keys of the set that decides the next height, 64 bytes each, in order.</param>
/// <param name="NextValidators">Keys of the set that decides the height after that.</param>
/// <param name="NextDue">Block time (Unix milliseconds) from which on a block is needed even without entries; null if nothing is scheduled.</param>
/// <param name="ProtocolVersion">Protocol version of the next header.</param>
[GenerateSerializer]
[Immutable]
[Alias("dems.PoolRoots")]
public sealed record PoolRoots(
    [property: Id(0)] long Height,
    [property: Id(1)] byte[] ResultsRoot,
    [property: Id(2)] byte[] StateRoot,
    [property: Id(3)] bool Changed,
    [property: Id(4)] IReadOnlyList<byte[]> Validators,
    [property: Id(5)] IReadOnlyList<byte[]> NextValidators,
    [property: Id(6)] long? NextDue,
    [property: Id(7)] int ProtocolVersion);
