using System.CommandLine;
using Dems.Cli.Bench;
using Dems.Cli.Output;

namespace Dems.Cli.Commands;

/// <summary><c>dems bench</c>: speed as ratios within one run.</summary>
internal static class BenchCommand
{
    /// <summary>Enough entries of each size for some seconds on two cores.</summary>
    private static readonly (int ReadingsPerEntry, int Entries)[] Sizes = [(1, 12_000), (96, 12_000), (1_000, 4_000)];

    public static Command Create() => new("bench", "Measures speed as ratios within one run, since machines are noisy.") { Ledger() };

    private static Command Ledger()
    {
        var members = new Option<int>("--members") { Description = "Validators in this process.", DefaultValueFactory = _ => 4 };
        var scale = new Option<int>("--scale") { Description = "Entries in percent of the default.", DefaultValueFactory = _ => 100 };
        var json = new Option<bool>("--json") { Description = "One JSON object per size." };
        members.Validators.Add(CommandLine.InRange(members, 1, 100));
        scale.Validators.Add(CommandLine.InRange(scale, 1, 10_000));
        var command = new Command("ledger", "Readings per second, final at all validators in one process, against the bare pipeline (verify, decode, hash, store) with as many copies.")
        {
            members, scale, json,
        };
        command.SetAction((result, cancellationToken) => CommandLine.GuardAsync(async () =>
        {
            var reporter = new Reporter(result.GetValue(json));
            var bench = new LedgerBench(result.GetValue(members), reporter, TimeProvider.System);
            foreach (var (readingsPerEntry, entries) in Sizes)
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
