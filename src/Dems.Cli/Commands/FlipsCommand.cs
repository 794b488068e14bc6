using System.CommandLine;
using Dems.Cli.Flips;
using Dems.Cli.Output;

namespace Dems.Cli.Commands;

/// <summary><c>dems flips</c>; see docs/storage.md.</summary>
internal static class FlipsCommand
{
    /// <summary>More violations than this are counted, not listed.</summary>
    private const int MaxListed = 20;

    public static Command Create()
    {
        var count = new Option<int>("--count") { Description = "How many bytes are flipped, one at a time.", DefaultValueFactory = _ => 100 };
        var http = new Option<int>("--http") { Description = "How many of these are repaired between whole members over HTTP/2 instead of in one process.", DefaultValueFactory = _ => 2 };
        var rejoins = new Option<int>("--rejoins") { Description = "Further flips, in the log of a member that had voted for an undecided height.", DefaultValueFactory = _ => 4 };
        var seed = new Option<int>("--seed") { Description = "Chooses the bytes.", DefaultValueFactory = _ => 1 };
        var data = new Option<string?>("--data") { Description = "New folder for the network and its copies; a temporary one by default." };
        var json = new Option<bool>("--json") { Description = "The summary as one JSON object on the last line." };
        count.Validators.Add(CommandLine.InRange(count, 1, 1_000_000));
        http.Validators.Add(CommandLine.InRange(http, 0, 1_000));
        rejoins.Validators.Add(CommandLine.InRange(rejoins, 0, 1_000));
        var command = new Command("flips", "Flips single bytes in copies of a member's store and checks that verify and the start find each one and that the peers repair it. Exits 1 otherwise.")
        {
            count, http, rejoins, seed, data, json,
        };
        command.SetAction((result, cancellationToken) => CommandLine.GuardAsync(async () =>
        {
            var options = new FlipsOptions
            {
                Count = result.GetValue(count),
                OverHttp = result.GetValue(http),
                Rejoins = result.GetValue(rejoins),
                Seed = result.GetValue(seed),
                Data = result.GetValue(data),
            };
            var reporter = new Reporter(result.GetValue(json));
            var summary = await new FlipsRun(options, reporter, TimeProvider.System).RunAsync(cancellationToken);
            Show(summary, reporter, result.GetValue(json));
            return summary.Violations.Count == 0 ? ExitCodes.Success : ExitCodes.Failed;
        }));
        return command;
    }

    private static void Show(FlipsSummary summary, Reporter reporter, bool json)
    {
        foreach (var violation in summary.Violations.Take(MaxListed))
        {
            reporter.Line($"VIOLATION: {violation}");
        }

        if (json)
        {
            Reporter.Json(summary with { Violations = [.. summary.Violations.Take(MaxListed)] });
            return;
        }

        foreach (var kind in summary.Kinds)
        {
            reporter.Line($"  {kind.Kind,-14}{kind.Tried,6} tried {kind.Found,6} found and repaired {kind.Harmless,6} harmless");
        }

        reporter.Line($"{summary.Flips} flips in {summary.Bytes:N0} bytes of {summary.Blocks} blocks and {summary.Entries} entries, {summary.OverHttp} over HTTP; {summary.Rejoined} rejoined; {summary.Seconds} s; seed {summary.Seed}");
        reporter.Line($"{summary.Violations.Count} violations; data below {summary.Data}");
    }
}
