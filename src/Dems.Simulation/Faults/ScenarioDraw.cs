using Dems.Core.Consensus;
using Dems.Replication.Machine;
using Dems.Simulation.World;

namespace Dems.Simulation.Faults;

/// <summary>
/// Draws scenarios. Most hold a little of everything; some gather what one kind of mistake needs, since the rare mistakes need several misfortunes at once: locks
/// that do not decide, and a member that signs, forgets and starts again while its height is still open.
/// </summary>
internal static class ScenarioDraw
{
    public static Scenario Of(SimulationRandom random, SimulationOptions options)
    {
        if (!options.Faults)
        {
            return Scenario.Calm(options.Validators ?? random.Pick([4, 7]));
        }

        return random.Below(10) switch
        {
            0 or 1 => OfLocks(random, options),
            2 => OfAmnesia(random, options),
            _ => OfEverything(random, options),
        };
    }

    private static Scenario OfEverything(SimulationRandom random, SimulationOptions options)
    {
        var count = options.Validators ?? (random.Chance(750) ? 4 : 7);
        var (byzantine, damaged) = Faulty(random, options, count, byzantinePermille: 550);
        return new Scenario
        {
            Validators = count,
            Byzantine = byzantine,
            Damaged = damaged,
            Limits = LimitsOf(random.Pick([200, 400, 1_000])),
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
            OneWayCuts = random.Chance(200) ? random.Between(1, 3) : 0,
            ClockJumps = random.Chance(150) ? random.Between(1, 3) : 0,
        };
    }

    private static Scenario OfLocks(SimulationRandom random, SimulationOptions options)
    {
        var count = options.Validators ?? (random.Chance(900) ? 4 : 7);
        var (byzantine, damaged) = random.Chance(300) || options.Byzantine is not null
            ? Faulty(random, options, count, byzantinePermille: 1_000)
            : ([], []);
        return Scenario.Calm(count) with
        {
            Byzantine = byzantine,
            Damaged = damaged,
            Limits = LimitsOf(200),
            ActiveMs = random.Between(3_000, 7_000),
            ExecutesLedger = false,
            Blackouts = random.Between(1, 3),
            Crashes = random.Chance(300) ? random.Between(1, 3) : 0,
            MaxDelayMs = random.Pick([5, 40]),
        };
    }

    private static Scenario OfAmnesia(SimulationRandom random, SimulationOptions options)
    {
        var count = options.Validators ?? 4;
        var (byzantine, damaged) = Faulty(random, options, count, byzantinePermille: 0);
        foreach (var member in damaged.Keys.ToList())
        {
            damaged[member] = random.Pick([DiskDamage.Wiped, DiskDamage.Wiped, DiskDamage.RowFlipped, DiskDamage.RolledBack, DiskDamage.RolledBackWithMark]);
        }

        return Scenario.Calm(count) with
        {
            Byzantine = byzantine,
            Damaged = damaged,
            Limits = LimitsOf(random.Pick([400, 1_000])),
            ActiveMs = random.Between(3_000, 7_000),
            ExecutesLedger = false,
            Crashes = random.Below(3),
            IsolatesWhenForgetting = true,

            // Who never spoke before is remembered by nobody: the first message is the most dangerous to forget.
            DamageMs = random.Chance(600) ? random.Below(300) : null,
        };
    }

    private static (SortedDictionary<int, ByzantineKind> Byzantine, SortedDictionary<int, DiskDamage> Damaged) Faulty(
        SimulationRandom random, SimulationOptions options, int count, int byzantinePermille)
    {
        var byzantine = new SortedDictionary<int, ByzantineKind>();
        var damaged = new SortedDictionary<int, DiskDamage>();
        var faulty = Enumerable.Range(0, count).OrderBy(_ => random.NextBits()).Take(random.Chance(150) ? 0 : (count - 1) / 3);
        foreach (var member in faulty)
        {
            if (options.Byzantine is not null || random.Chance(byzantinePermille))
            {
                byzantine[member] = options.Byzantine ?? random.Pick(Enum.GetValues<ByzantineKind>());
            }
            else
            {
                damaged[member] = random.Chance(350) ? DiskDamage.Wiped : random.Pick(Enum.GetValues<DiskDamage>());
            }
        }

        return (byzantine, damaged);
    }

    private static ReplicaLimits LimitsOf(int waitMs) => new()
    {
        Timeouts = new ConsensusTimeouts
        {
            Propose = waitMs,
            Prevote = waitMs,
            Precommit = waitMs,
            DeltaPerRound = waitMs / 2,
            ClockBound = 2 * waitMs,
            ClockBoundDeltaPerRound = waitMs / 2,
        },
    };
}
