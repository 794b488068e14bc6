using System.CommandLine;
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
        var validators = new Option<int?>("--validators") { Description = "Validators; without it each seed chooses 4 or 7." };
        var mutation = new Option<string?>("--mutation") { Description = $"Break one rule at every honest member, to see it noticed: {string.Join(", ", MutationNames.All)}. Stops at the first violation." };
        var trace = new Option<bool>("--trace") { Description = "Print every event. Meant for one seed." };
        var json = new Option<bool>("--json") { Description = "One JSON object per seed." };
        seeds.Validators.Add(CommandLine.InRange(seeds, 1, 100_000_000));
        mutation.AcceptOnlyFromAmong([.. MutationNames.All]);
        var command = new Command("simulate", "Runs the replicas in a simulated world of failing networks, clocks, disks and members. Exits 1 if a seed broke a promise.")
        {
            seeds, from, validators, mutation, trace, json,
        };
        command.SetAction((result, cancellationToken) => CommandLine.GuardAsync(() => Task.FromResult(Run(
            result.GetValue(seeds),
            result.GetValue(from),
            new SimulationOptions
            {
                Validators = result.GetValue(validators),
                Mutation = MutationNames.TryParse(result.GetValue(mutation) ?? "", out var broken) ? broken : Mutation.None,
                Log = result.GetValue(trace) ? Console.WriteLine : null,
            },
            result.GetValue(json),
            cancellationToken))));
        return command;
    }

    private static int Run(int seeds, ulong from, SimulationOptions options, bool json, CancellationToken cancellationToken)
    {
        var reporter = new Reporter(json);
        var (done, bad) = (0, 0);
        SweepResult sweep;
        using (reporter.Follow(() => $"{Volatile.Read(ref done)} of {seeds} seeds, {Volatile.Read(ref bad)} with violations"))
        {
            var threads = options.Log is null ? Environment.ProcessorCount : 1;
            sweep = SimulationRunner.Sweep(from, seeds, options, threads, options.Mutation != Mutation.None, Report, cancellationToken);
        }

        reporter.Line(
            $"{sweep.Seeds} seeds from {from}: {sweep.Failures.Count} with violations; {sweep.Blocks} blocks, {sweep.Entries} entries, {sweep.Faults} faults; trace {sweep.TraceHash}");
        if (sweep.Failures.Count > 0)
        {
            reporter.Line($"Seeds with violations: {string.Join(", ", sweep.Failures.Select(f => f.Seed))}");
        }

        return sweep.Failures.Count == 0 ? ExitCodes.Success : ExitCodes.Failed;

        void Report(SimulationResult result)
        {
            Interlocked.Increment(ref done);
            bad += result.Violations.Count > 0 ? 1 : 0;
            SimulateCommand.Report(result, reporter, json, always: seeds == 1);
        }
    }

    private static void Report(SimulationResult result, Reporter reporter, bool json, bool always)
    {
        if (json)
        {
            Reporter.Json(new
            {
                seed = result.Seed,
                scenario = result.Scenario,
                violations = result.Violations,
                trace = result.TraceHash,
                virtual_ms = result.VirtualMs,
                events = result.Events,
                blocks = result.Blocks,
                entries = result.Entries,
                faults = result.Faults,
            });
        }
        else if (always || result.Violations.Count > 0)
        {
            reporter.Line($"seed {result.Seed}: {result.Scenario}");
            reporter.Line($"  trace {result.TraceHash}, {result.Events} events in {result.VirtualMs} virtual ms, {result.Blocks} blocks, {result.Entries} entries");
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
