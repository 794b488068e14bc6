namespace Dems.Contracts.Grains;

/// <summary>Standing of a member's replica of a chain.</summary>
/// <param name="Running">Whether the replica runs.</param>
/// <param name="Height">Height of the newest block; 0 at genesis.</param>
/// <param name="Head">Its hash in hexadecimal; of genesis at height 0.</param>
/// <param name="TreeSize">Entries on the chain.</param>
/// <param name="StateRoot">Root of the state after the newest block.</param>
/// <param name="TimeUnixMs">Time of the newest block; 0 at genesis.</param>
/// <param name="Round">Round at the next height; −1 while idle.</param>
/// <param name="Step">Step of that round.</param>
/// <param name="Pending">Durable entries that are not yet ordered.</param>
/// <param name="CatchingUp">Whether a peer is ahead and its blocks are being fetched.</param>
/// <param name="Voting">Whether the validator votes: enough peers answered after the start, and it does not abstain after a rollback.</param>
/// <param name="AbstainThrough">Last height not voted on after a rollback; null if there was none.</param>
/// <param name="PeerHeights">Heights as the members say, by index.</param>
/// <param name="Problem">Why the replica stopped, or what is damaged; empty while all is well.</param>
[GenerateSerializer]
[Immutable]
[Alias("dems.ChainStatus")]
public sealed record ChainStatus(
    [property: Id(0)] bool Running,
    [property: Id(1)] long Height,
    [property: Id(2)] string Head,
    [property: Id(3)] long TreeSize,
    [property: Id(4)] string StateRoot,
    [property: Id(5)] long TimeUnixMs,
    [property: Id(6)] int Round,
    [property: Id(7)] string Step,
    [property: Id(8)] int Pending,
    [property: Id(9)] bool CatchingUp,
    [property: Id(10)] bool Voting,
    [property: Id(11)] long? AbstainThrough,
    [property: Id(12)] IReadOnlyList<long> PeerHeights,
    [property: Id(13)] string Problem);
