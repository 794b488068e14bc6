using System.CommandLine;
using Dems.Cli.Offline;
using Dems.Cli.Output;
using Dems.Formats;

namespace Dems.Cli.Commands;

/// <summary><c>dems allocate</c>: what a rule gives on readings of files, with no network.</summary>
internal static class AllocateCommand
{
    private const int Shortest = 300;
    private const int Longest = 86_400;

    public static Command Create()
    {
        var readings = new Option<string[]>("--readings") { Description = "Files or folders with readings (docs/import.md).", Required = true, AllowMultipleArgumentsPerToken = true };
        var rule = PolicyOptions.Rule();
        var preset = PolicyOptions.Preset();
        var basis = PolicyOptions.Basis();
        var interval = new Option<int?>("--interval") { Description = "Seconds: 300, 900, 1800, 3600 or 86400. Left out, the shortest that holds the longest reading." };
        var pool = new Option<string>("--pool") { Description = "Name that breaks ties.", DefaultValueFactory = _ => "community" };
        var round = new Option<bool>("--round") { Description = "Rounds what is finer than 1 Wh, half to even, instead of refusing it." };
        var rejects = new Option<string>("--rejects") { Description = "File for refused and skipped rows.", DefaultValueFactory = _ => "allocate.rejected.csv" };
        var json = new Option<bool>("--json") { Description = "One JSON object." };
        interval.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is not (null or Shortest or 900 or 1_800 or 3_600 or Longest))
            {
                result.AddError("--interval must be 300, 900, 1800, 3600 or 86400.");
            }
        });
        var command = new Command("allocate", "Allocates the readings of files by a rule, offline. Exits 1 if energy is not conserved, 4 if rows were refused.")
        {
            readings, rule, preset, basis, interval, pool, round, rejects, json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(rule) is null && result.GetValue(preset) is null)
            {
                result.AddError("Give --rule or --preset.");
            }
        });
        command.SetAction((result, cancellationToken) => CommandLine.GuardAsync(() => RunAsync(
            new OfflineRequest
            {
                Paths = result.GetValue(readings)!,
                Rule = result.GetValue(rule),
                Preset = result.GetValue(preset),
                Basis = PolicyOptions.BasisOf(result.GetValue(basis)),
                Interval = result.GetValue(interval),
                Pool = result.GetValue(pool)!,
                Rounding = result.GetValue(round) ? Rounding.HalfEven : Rounding.Refuse,
                Rejects = result.GetValue(rejects)!,
            },
            result.GetValue(json),
            cancellationToken)));
        return command;
    }

    private static async Task<int> RunAsync(OfflineRequest request, bool json, CancellationToken cancellationToken)
    {
        var summary = await OfflineRun.RunAsync(request, cancellationToken);
        if (json)
        {
            Reporter.Json(summary);
        }
        else
        {
            var reporter = new Reporter(json);
            foreach (var line in summary.Lines())
            {
                reporter.Line(line);
            }
        }

        return !summary.Conserved ? ExitCodes.Failed : summary.RowsRejected > 0 ? ExitCodes.SomeRejected : ExitCodes.Success;
    }
}
