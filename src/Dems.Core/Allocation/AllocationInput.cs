namespace Dems.Core.Allocation;

/// <summary>Everything that decides the allocation of one interval.</summary>
public sealed record AllocationInput
{
    /// <summary>Which pool, carrier and time.</summary>
    public required AllocationInterval Interval { get; init; }

    /// <summary>The policy in force when the interval started.</summary>
    public required AllocationPolicy Policy { get; init; }

    /// <summary>Who takes part, strictly ascending by address, at most <see cref="AllocationBounds.MaxParticipants"/>.</summary>
    public required IReadOnlyList<Participant> Participants { get; init; }

    /// <summary>What replaces the rule's standing table in this interval; null if nothing does.</summary>
    public IntervalParameters? Parameters { get; init; }

    /// <summary>What the virtual storages hold at the start; one that is not named is empty. Strictly ascending by node.</summary>
    public IReadOnlyList<StorageState> Storage { get; init; } = [];
}
