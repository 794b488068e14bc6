namespace Dems.Core.Consensus;

/// <summary>
/// How long a round waits, in milliseconds. Growth is linear in the round (paper, section 3: timeoutX(r) = init + r·Δ); doubling would turn a
/// short partition into a long stop. All members of a chain should use the same values: they affect liveness only, never safety.
/// </summary>
public sealed record ConsensusTimeouts
{
    /// <summary>Largest value of each setting and of each computed timeout: one hour.</summary>
    public const int MaxMilliseconds = 3_600_000;

    private readonly int _propose = 1_000;
    private readonly int _prevote = 1_000;
    private readonly int _precommit = 1_000;
    private readonly int _deltaPerRound = 500;
    private readonly int _clockBound = 2_000;
    private readonly int _clockBoundDeltaPerRound = 500;

    /// <summary>Wait for the proposal in round 0, 1…<see cref="MaxMilliseconds"/>.</summary>
    public int Propose { get => _propose; init => _propose = InRange(value, 1); }

    /// <summary>Wait after q mixed prevotes in round 0, 1…<see cref="MaxMilliseconds"/>.</summary>
    public int Prevote { get => _prevote; init => _prevote = InRange(value, 1); }

    /// <summary>Wait after q mixed precommits in round 0, 1…<see cref="MaxMilliseconds"/>.</summary>
    public int Precommit { get => _precommit; init => _precommit = InRange(value, 1); }

    /// <summary>What each further round adds to the three waits, 0…<see cref="MaxMilliseconds"/>. Zero gives up liveness on a network slower than the first waits.</summary>
    public int DeltaPerRound { get => _deltaPerRound; init => _deltaPerRound = InRange(value, 0); }

    /// <summary>Largest distance between the header time of a fresh proposal and the receiver's clock in round 0, 0…<see cref="MaxMilliseconds"/>.</summary>
    public int ClockBound { get => _clockBound; init => _clockBound = InRange(value, 0); }

    /// <summary>What each further round adds to <see cref="ClockBound"/>, 0…<see cref="MaxMilliseconds"/>: members with bad clocks slow the chain down, they do not stop it.</summary>
    public int ClockBoundDeltaPerRound { get => _clockBoundDeltaPerRound; init => _clockBoundDeltaPerRound = InRange(value, 0); }

    /// <summary>The wait of a step in a round: its setting + round · <see cref="DeltaPerRound"/>, at most <see cref="MaxMilliseconds"/>.</summary>
    public int Of(RoundStep step, int round)
    {
        var initial = step switch
        {
            RoundStep.Propose => Propose,
            RoundStep.Prevote => Prevote,
            RoundStep.Precommit => Precommit,
            _ => throw new ArgumentOutOfRangeException(nameof(step)),
        };
        return (int)Math.Min(MaxMilliseconds, initial + (long)round * DeltaPerRound);
    }

    /// <summary>Distance in milliseconds that a fresh proposal's time may have from the receiver's clock in a round.</summary>
    public long ClockBoundOf(int round) => ClockBound + (long)round * ClockBoundDeltaPerRound;

    private static int InRange(int value, int minimum) => value >= minimum && value <= MaxMilliseconds
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, $"A timeout setting lies in {minimum}…{MaxMilliseconds} ms.");
}
