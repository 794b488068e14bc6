namespace Dems.Contracts.Queries;

/// <summary>Where this member's copy of a chain stands.</summary>
/// <param name="Pool">Name of the pool.</param>
/// <param name="Chain">Chain id in hexadecimal.</param>
/// <param name="Running">Whether the replica runs; if not, the fields below say nothing.</param>
/// <param name="Height">Height of the newest block; 0 at genesis.</param>
/// <param name="Block">Hash of its header.</param>
/// <param name="TreeSize">Entries on the chain.</param>
/// <param name="StateRoot">Root of the state after the newest block; the next header commits to it.</param>
/// <param name="Time">Time of the newest block; null at genesis.</param>
/// <param name="Pending">Durable entries that are not yet ordered.</param>
/// <param name="Voting">Whether this member's validator votes.</param>
/// <param name="CatchingUp">Whether a peer is ahead.</param>
public sealed record HeadView(
    string Pool,
    string Chain,
    bool Running,
    long Height,
    string Block,
    long TreeSize,
    string StateRoot,
    DateTimeOffset? Time,
    int Pending,
    bool Voting,
    bool CatchingUp);
