using Dems.Core.Ledger;

namespace Dems.Core.Consensus;

/// <summary>
/// What must be durable, together with the message itself, before a signed message leaves. A machine restored from the latest snapshot never
/// signs bytes that conflict with anything signed up to it: every message of (round, step) or earlier counts as signed.
/// </summary>
/// <param name="Height">The height.</param>
/// <param name="Round">The round of the message.</param>
/// <param name="Step">The step after the message: a signed prevote gives <see cref="RoundStep.Prevote"/>, a signed precommit <see cref="RoundStep.Precommit"/>.</param>
/// <param name="LockedRound">Round of the lock, −1 if none.</param>
/// <param name="LockedBlock">The block locked on, all zero if none.</param>
/// <param name="ValidRound">Latest round in which <paramref name="ValidBlock"/> gathered q prevotes, −1 if none; at least <paramref name="LockedRound"/>.</param>
/// <param name="ValidBlock">The block to propose again, null if none.</param>
public sealed record SafetySnapshot(
    Height Height, int Round, RoundStep Step, int LockedRound, BlockHash LockedBlock, int ValidRound, Block? ValidBlock)
{
    /// <summary>
    /// The q prevotes that made <see cref="ValidBlock"/> valid, ascending by validator; empty if there is none. Without them a lock could outlive its
    /// own proof: one of the prevotes may be a Byzantine validator's, shown to nobody else and never again, and then no other member could
    /// ever accept the block that this one insists on. A row written without them restores all the same, safe but open to that stall.
    /// </summary>
    public IReadOnlyList<Vote> Justification { get; init; } = [];
}
