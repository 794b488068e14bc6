using Dems.Replication.Machine;

namespace Dems.Simulation.Faults;

/// <summary>
/// What a seed stands for. The fault model: at most f members are faulty, that is Byzantine or with a disk that lost what it had promised to keep; any member may
/// crash at any time and lose what was not synced; the network may do anything but forge; clocks may be wrong. After <see cref="ActiveMs"/> the network is
/// whole, everybody runs and clocks are near each other; the faulty stay faulty.
/// </summary>
internal sealed record Scenario
{
    public required int Validators { get; init; }

    public required IReadOnlyDictionary<int, ByzantineKind> Byzantine { get; init; }

    public required IReadOnlyDictionary<int, DiskDamage> Damaged { get; init; }

    public required ReplicaLimits Limits { get; init; }

    public required long ActiveMs { get; init; }

    /// <summary>Whether blocks are executed on the ledger's state, and not into a hash chain, which is faster.</summary>
    public bool ExecutesLedger { get; init; }

    /// <summary>Whether a member whose disk is damaged dies on signing, while one other member cannot be reached: then its height stays open.</summary>
    public bool IsolatesWhenForgetting { get; init; }

    /// <summary>When disks are damaged, in milliseconds; null for any time.</summary>
    public int? DamageMs { get; init; }

    public int Crashes { get; init; }

    /// <summary>Times that all members crash at once.</summary>
    public int Outages { get; init; }

    public int Partitions { get; init; }

    public int Blackouts { get; init; }

    public int DropPermille { get; init; }

    public int DuplicatePermille { get; init; }

    public int LatePermille { get; init; }

    public int MaxDelayMs { get; init; } = 5;

    public int MaxSkewMs { get; init; }

    public int MaxDriftPpm { get; init; }

    public int FullDisks { get; init; }

    /// <summary>Times that some links fail in one direction only.</summary>
    public int OneWayCuts { get; init; }

    /// <summary>Times that the clock of one member is set, by as much as a minute and a half.</summary>
    public int ClockJumps { get; init; }

    /// <summary>A network in which nothing goes wrong by itself.</summary>
    public static Scenario Calm(int validators) => new()
    {
        Validators = validators,
        Byzantine = new SortedDictionary<int, ByzantineKind>(),
        Damaged = new SortedDictionary<int, DiskDamage>(),
        Limits = new ReplicaLimits(),
        ActiveMs = 5_000,
        ExecutesLedger = true,
    };

    public override string ToString() =>
        $"{Validators} validators; Byzantine: {Join(Byzantine)}; damaged disks: {Join(Damaged)}; {Crashes} crashes, {Outages} outages, {Partitions} partitions, {Blackouts} blackouts, "
        + $"drop {DropPermille} ‰, twice {DuplicatePermille} ‰, late {LatePermille} ‰, delay ≤ {MaxDelayMs} ms, skew ≤ {MaxSkewMs} ms, drift ≤ {MaxDriftPpm} ppm, "
        + $"{FullDisks} full disks, {OneWayCuts} one-way cuts, {ClockJumps} clock jumps; {ActiveMs} ms of faults; timeouts {Limits.Timeouts.Propose} ms{(ExecutesLedger ? "; ledger executed" : "")}";

    private static string Join<T>(IReadOnlyDictionary<int, T> members) =>
        members.Count == 0 ? "none" : string.Join(", ", members.Select(m => $"{m.Key} {m.Value}"));
}
