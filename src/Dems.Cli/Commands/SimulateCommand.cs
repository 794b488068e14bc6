using System.CommandLine;
using System.Collections.Concurrent;
using Dems.Cli.Output;
using Dems.Simulation;

namespace Dems.Cli.Commands;

/// <summary><c>dems simulate</c>.</summary>
internal static class SimulateCommand
{
    public static Command Create()
    {
        var seeds = new Option<int>("--seeds") { Description = "How many seeds to run.", DefaultValueFactory = _ => 100 };
        var from = new Option<ulong>("--from") { Description = "First seed.", DefaultValueFactory = _ => 1UL };
        var json = new Option<bool>("--json") { Description = "One JSON object per seed." };
        seeds.Validators.Add(CommandLine.InRange(seeds, 1, 100_000_000));
        var command = new Command("simulate", "Runs the replicas in a simulated world of failing networks, clocks, disks and members. Exits 1 if a seed broke a promise.")
        {
            seeds, from, json,
        };
        command.SetAction((result, cancellationToken) => CommandLine.GuardAsync(() => Task.FromResult(
            Run(result.GetValue(seeds), result.GetValue(from), result.GetValue(json), cancellationToken))));
        return command;
    }

    private static int Run(int seeds, ulong from, bool json, CancellationToken cancellationToken)
    {
        var reporter = new Reporter(json);
        var bad = new ConcurrentBag<ulong>();
        var done = 0;
        using (reporter.Follow(() => $"{Volatile.Read(ref done)} of {seeds} seeds, {bad.Count} with violations"))
        {
            var parallel = new ParallelOptions { CancellationToken = cancellationToken };
            Parallel.For(0, seeds, parallel, i =>
            {
                var seed = from + (ulong)i;
                var outcome = SimulationRunner.Run(seed, new SimulationOptions());
                Interlocked.Increment(ref done);
                if (outcome.Violations.Count > 0)
                {
                    bad.Add(seed);
                }

                Report(outcome, reporter, json, always: seeds == 1);
            });
        }

        reporter.Line(bad.IsEmpty ? $"{seeds} seeds from {from}: 0 violations" : $"Seeds with violations: {string.Join(", ", bad.Order())}");
        return bad.IsEmpty ? ExitCodes.Success : ExitCodes.Failed;
    }

    private static void Report(SimulationResult result, Reporter reporter, bool json, bool always)
    {
        if (json)
        {
            lock (reporter)
            {
                Reporter.Json(new
                {
                    seed = result.Seed,
                    violations = result.Violations,
                    trace = result.TraceHash,
                    virtual_ms = result.VirtualMs,
                    events = result.Events,
                    blocks = result.Blocks,
                    entries = result.Entries,
                });
            }

            return;
        }

        if (!always && result.Violations.Count == 0)
        {
            return;
        }

        lock (reporter)
        {
            reporter.Line($"seed {result.Seed}: trace {result.TraceHash}, {result.Events} events in {result.VirtualMs} virtual ms, {result.Blocks} blocks, {result.Entries} entries");
            foreach (var violation in result.Violations)
            {
                reporter.Line($"  VIOLATION {violation}");
            }

            foreach (var line in result.LastEvents)
            {
                reporter.Line($"    {line}");
            }
        }
    }
}
