using Dems.Core.Consensus;
using Dems.Replication.Machine;
using Dems.Simulation.World;

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

    public static Scenario Of(SimulationRandom random, SimulationOptions options)
    {
        var count = options.Validators ?? (random.Chance(750) ? 4 : 7);
        if (!options.Faults)
        {
            return new Scenario
            {
                Validators = count,
                Byzantine = new SortedDictionary<int, ByzantineKind>(),
                Damaged = new SortedDictionary<int, DiskDamage>(),
                Limits = new ReplicaLimits(),
                ActiveMs = 5_000,
                ExecutesLedger = true,
            };
        }

        var byzantine = new SortedDictionary<int, ByzantineKind>();
        var damaged = new SortedDictionary<int, DiskDamage>();
        var faulty = Enumerable.Range(0, count).OrderBy(_ => random.NextBits()).Take(random.Chance(150) ? 0 : (count - 1) / 3);
        foreach (var member in faulty)
        {
            if (options.Byzantine is not null || random.Chance(550))
            {
                byzantine[member] = options.Byzantine is { } only ? only : random.Pick(Enum.GetValues<ByzantineKind>());
            }
            else
            {
                damaged[member] = random.Chance(350) ? DiskDamage.Wiped : random.Pick(Enum.GetValues<DiskDamage>());
            }
        }

        return new Scenario
        {
            Validators = count,
            Byzantine = byzantine,
            Damaged = damaged,
            Limits = LimitsOf(random),
            ActiveMs = random.Between(2_000, 8_000),
            ExecutesLedger = random.Chance(200),
            Outages = random.Chance(100) ? random.Between(1, 2) : 0,
            Crashes = random.Chance(700) ? random.Below(8) : 0,
            Partitions = random.Chance(400) ? random.Between(1, 3) : 0,
            Blackouts = random.Chance(350) ? random.Between(1, 3) : 0,
            DropPermille = random.Pick([0, 0, 0, 30, 100, 300]),
            DuplicatePermille = random.Pick([0, 0, 50, 300]),
            LatePermille = random.Pick([0, 0, 20, 100]),
            MaxDelayMs = random.Pick([5, 5, 40, 200]),
            MaxSkewMs = random.Pick([0, 100, 800, 4_000]),
            MaxDriftPpm = random.Pick([0, 200, 20_000]),
            FullDisks = random.Chance(150) ? random.Between(1, 3) : 0,
        };
    }

    public override string ToString() =>
        $"{Validators} validators; Byzantine: {Join(Byzantine)}; damaged disks: {Join(Damaged)}; {Crashes} crashes, {Outages} outages, {Partitions} partitions, {Blackouts} blackouts, "
        + $"drop {DropPermille} ‰, twice {DuplicatePermille} ‰, late {LatePermille} ‰, delay ≤ {MaxDelayMs} ms, skew ≤ {MaxSkewMs} ms, drift ≤ {MaxDriftPpm} ppm, "
        + $"{FullDisks} full disks; {ActiveMs} ms of faults; timeouts {Limits.Timeouts.Propose} ms{(ExecutesLedger ? "; ledger executed" : "")}";

    private static string Join<T>(IReadOnlyDictionary<int, T> members) =>
        members.Count == 0 ? "none" : string.Join(", ", members.Select(m => $"{m.Key} {m.Value}"));

    private static ReplicaLimits LimitsOf(SimulationRandom random)
    {
        var wait = random.Pick([200, 400, 1_000]);
        return new ReplicaLimits
        {
            Timeouts = new ConsensusTimeouts
            {
                Propose = wait,
                Prevote = wait,
                Precommit = wait,
                DeltaPerRound = wait / 2,
                ClockBound = 2 * wait,
                ClockBoundDeltaPerRound = wait / 2,
            },
        };
    }
}
