using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;
using Dems.Cli.Simulator;
using Dems.Core;
using Dems.Core.Allocation;
using Dems.Core.Allocation.Presets;
using Dems.Core.Energy;
using Dems.Core.Ledger;

namespace Dems.Cli.Bench;

/// <summary>
/// A day of a pool, interval by interval: every rule with remainders, ties, both sides and invariants, against a loop that only multiplies and divides. Making the quantities is not
/// measured. Every third meter produces, by a bell over the day; the sums of what was measured, allocated, exported and drawn from the grid must balance.
/// </summary>
internal sealed class AllocationBench
{
    private const int QuarterHour = 900;
    private const long Start = 1_790_000_100;

    private readonly NodeAddress[] _nodes;
    private readonly int _intervals;
    private readonly long[] _consumption;
    private readonly long[] _production;
    private readonly long[] _bare;

    public AllocationBench(int meters, int intervals)
    {
        _intervals = intervals;
        _nodes = [.. Enumerable.Range(0, meters).Select(AddressOf).Order()];
        _consumption = new long[meters];
        _production = new long[meters];
        _bare = new long[meters];
    }

    /// <summary>The rules that are measured, by name.</summary>
    public static IEnumerable<string> Rules => ["pro-rata", "static", "static-all-rounds", "equal-with-caps", "cascade"];

    /// <summary>Measures a small pool again and again first, so that compiling the code is not taken for its cost.</summary>
    public static void WarmUp()
    {
        var started = Stopwatch.GetTimestamp();
        var small = new AllocationBench(meters: 500, intervals: 96);
        while (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(1))
        {
            foreach (var rule in Rules)
            {
                small.Measure(rule);
            }
        }
    }

    public AllocationBenchRow Measure(string name)
    {
        var held = GC.GetTotalMemory(forceFullCollection: true);
        if (!AllocationPlan.TryCreate(new ChainId(Hash32.Of("bench"u8)), Carrier.Electricity, PolicyOf(name), _nodes, out var plan, out var error))
        {
            throw new InvalidOperationException(error);
        }

        var outcome = plan.NewOutcome();
        Fill(interval: _intervals / 2);
        Allocate(plan, outcome, _intervals / 2);
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - held;
        return Run(name, plan, outcome, (double)bytes / _nodes.Length);
    }

    private AllocationBenchRow Run(string name, AllocationPlan plan, AllocationOutcome outcome, double bytesPerMeter)
    {
        var (bare, full, wall) = (TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);
        var (measured, allocated, exported, grid, drawn) = (0L, 0L, 0L, 0L, 0L);
        for (var interval = 0; interval < _intervals; interval++)
        {
            Fill(interval);
            var before = Environment.CpuUsage.TotalTime;
            Bare();
            var between = Environment.CpuUsage.TotalTime;
            var started = Stopwatch.GetTimestamp();
            Allocate(plan, outcome, interval);
            wall += Stopwatch.GetElapsedTime(started);
            full += Environment.CpuUsage.TotalTime - between;
            bare += between - before;
            measured += _production.Sum();
            drawn += _consumption.Sum();
            for (var i = 0; i < _nodes.Length; i++)
            {
                allocated += outcome.Given[i];
                exported += _production[i] - outcome.Placed[i];
                grid += _consumption[i] - outcome.Given[i];
            }
        }

        return new AllocationBenchRow
        {
            Rule = name,
            Meters = _nodes.Length,
            Intervals = _intervals,
            BareCpuSeconds = Math.Round(bare.TotalSeconds, 4),
            CpuSeconds = Math.Round(full.TotalSeconds, 4),
            Seconds = Math.Round(wall.TotalSeconds, 4),
            BytesPerMeter = Math.Round(bytesPerMeter, 1),
            AllocatedWh = allocated,
            ExportedWh = exported,
            GridWh = grid,
            Conserved = measured == allocated + exported && drawn == allocated + grid,
        };
    }

    private AllocationPolicy PolicyOf(string name)
    {
        var even = (AllocationRule.Static)AllocationPresets.Find("at-static")!.For(_nodes).Rule;
        AllocationRule proRata = new AllocationRule.ProRata();
        AllocationRule rule = name switch
        {
            "pro-rata" => proRata,
            "static" => even,
            "static-all-rounds" => even with { Rounds = ShareRounds.All },
            "equal-with-caps" => new AllocationRule.EqualWithCaps([], 1),
            _ => new AllocationRule.Cascade([new CascadeTier([.. _nodes.Where((_, i) => i % 4 == 0)], proRata), new CascadeTier([], proRata)]),
        };
        return AllocationPresets.Find("at-dynamic")!.For(_nodes) with { Rule = rule };
    }

    private void Allocate(AllocationPlan plan, AllocationOutcome outcome, int interval)
    {
        if (!plan.TryAllocate(Start + (long)interval * QuarterHour, QuarterHour, _consumption, _production, parameters: null, outcome, out var error))
        {
            throw new InvalidOperationException(error);
        }
    }

    /// <summary>Sums, products and quotients of one side; what is lost to rounding is lost.</summary>
    private void Bare()
    {
        var (supply, demand) = (0UL, 0UL);
        for (var i = 0; i < _consumption.Length; i++)
        {
            supply += (ulong)_production[i];
            demand += (ulong)_consumption[i];
        }

        demand = Math.Max(1, Math.Max(supply, demand));
        for (var i = 0; i < _bare.Length; i++)
        {
            _bare[i] = (long)(supply * (ulong)_consumption[i] / demand);
        }
    }

    private void Fill(int interval)
    {
        var random = new SplitMix((ulong)interval);
        var daylight = Math.Max(0, 48 - Math.Abs(interval % 96 - 48) * 2);
        for (var i = 0; i < _nodes.Length; i++)
        {
            _consumption[i] = (long)(random.Next() % 2_000);
            _production[i] = i % 3 == 0 ? (long)(random.Next() % 100) * daylight : 0;
        }
    }

    private static NodeAddress AddressOf(int meter)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, meter);
        return new NodeAddress(SHA256.HashData(bytes).AsSpan(0, NodeAddress.Size));
    }
}
