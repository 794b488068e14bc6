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
    /// What others may need to follow this validator, and may be able to get from nobody else: one of these votes may be a Byzantine validator's, shown to this one
    /// and never again. First the q prevotes that made <see cref="ValidBlock"/> valid, without which no other member could ever accept the block that this one insists on;
    /// then the q precommits that ended the round before <see cref="Round"/>, without which none could leave that round. Each ascending by validator; empty where
    /// there was none. A row written without them restores all the same, safe but open to those stalls.
    /// </summary>
    public IReadOnlyList<Vote> Justification { get; init; } = [];
}
