using System.CommandLine;
using Dems.Cli.Bench;
using Dems.Cli.Output;
using Dems.Core.Allocation;

namespace Dems.Cli.Commands;

/// <summary><c>dems bench</c>: speed as ratios within one run.</summary>
internal static class BenchCommand
{
    /// <summary>Enough entries of each size for some seconds on two cores.</summary>
    private static readonly (int ReadingsPerEntry, int Entries)[] Sizes = [(1, 12_000), (96, 12_000), (1_000, 4_000)];

    public static Command Create() => new("bench", "Measures speed as ratios within one run, since machines are noisy.") { Ledger(), Allocation() };

    private static Command Allocation()
    {
        var meters = new Option<int>("--meters") { Description = "Meters of the pool.", DefaultValueFactory = _ => AllocationBounds.MaxParticipants };
        var intervals = new Option<int>("--intervals") { Description = "Intervals of a quarter of an hour.", DefaultValueFactory = _ => 96 };
        var json = new Option<bool>("--json") { Description = "One JSON object per rule." };
        meters.Validators.Add(CommandLine.InRange(meters, 1, AllocationBounds.MaxParticipants));
        intervals.Validators.Add(CommandLine.InRange(intervals, 1, 100_000));
        var command = new Command("allocation", "A pool's day under each rule, with its conservation check, against the bare arithmetic.") { meters, intervals, json };
        command.SetAction((result, cancellationToken) => CommandLine.GuardAsync(() =>
        {
            var reporter = new Reporter(result.GetValue(json));
            var bench = new AllocationBench(result.GetValue(meters), result.GetValue(intervals));
            AllocationBench.WarmUp();
            var conserved = true;
            foreach (var rule in AllocationBench.Rules)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var row = bench.Measure(rule);
                conserved &= row.Conserved;
                if (result.GetValue(json))
                {
                    Reporter.Json(row);
                }
                else
                {
                    reporter.Line(row.ToString());
                }
            }

            return Task.FromResult(conserved ? ExitCodes.Success : ExitCodes.Failed);
        }));
        return command;
    }

    private static Command Ledger()
    {
        var members = new Option<int>("--members") { Description = "Validators in this process.", DefaultValueFactory = _ => 4 };
        var scale = new Option<int>("--scale") { Description = "Entries in percent of the default.", DefaultValueFactory = _ => 100 };
        var readings = new Option<int>("--readings") { Description = "Only the size of so many readings per signature: 1, 96 or 1000 (0: all three).", DefaultValueFactory = _ => 0 };
        var json = new Option<bool>("--json") { Description = "One JSON object per size." };
        members.Validators.Add(CommandLine.InRange(members, 1, 100));
        scale.Validators.Add(CommandLine.InRange(scale, 1, 10_000));
        readings.Validators.Add(CommandLine.InRange(readings, 0, 1_000));
        var command = new Command("ledger", "Readings per second, final at all validators in one process, against the bare pipeline (verify, decode, hash, store) with as many copies.")
        {
            members, scale, readings, json,
        };
        command.SetAction((result, cancellationToken) => CommandLine.GuardAsync(async () =>
        {
            var reporter = new Reporter(result.GetValue(json));
            var bench = new LedgerBench(result.GetValue(members), reporter, TimeProvider.System);
            foreach (var (readingsPerEntry, entries) in Sizes.Where(s => result.GetValue(readings) is 0 || result.GetValue(readings) == s.ReadingsPerEntry))
            {
                var row = await bench.MeasureAsync(readingsPerEntry, Math.Max(1, entries * result.GetValue(scale) / 100), cancellationToken);
                if (result.GetValue(json))
                {
                    Reporter.Json(row);
                }
                else
                {
                    reporter.Line(row.ToString());
                }
            }

            return ExitCodes.Success;
        }));
        return command;
    }
}
