using System.CommandLine;
using Dems.Cli.Chaos;
using Dems.Cli.Output;

namespace Dems.Cli.Commands;

/// <summary><c>dems chaos</c>; see docs/operations.md.</summary>
internal static class ChaosCommand
{
    /// <summary>More violations than this are counted, not listed.</summary>
    private const int MaxListed = 20;

    private const string None = "none";

    public static Command Create()
    {
        var kills = new Option<int>("--kills") { Description = "How often a random member is killed.", DefaultValueFactory = _ => 20 };
        var members = new Option<int>("--members") { Description = "Members of the network, a process each.", DefaultValueFactory = _ => 4 };
        var seed = new Option<ulong>("--seed") { Description = "Decides who is killed when.", DefaultValueFactory = _ => 1UL };
        var rate = new Option<int>("--rate") { Description = "Batches per second.", DefaultValueFactory = _ => 15 };
        var bound = new Option<int>("--bound") { Description = "Seconds within which a killed member must vote again.", DefaultValueFactory = _ => 5 };
        var losses = new Option<string[]>("--losses")
        {
            Description = "What happens to folders besides the kills; all of it by default.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [.. FolderLosses.All.Select(FolderLosses.NameOf)],
        };
        losses.AcceptOnlyFromAmong([.. FolderLosses.All.Select(FolderLosses.NameOf), None]);
        var data = new Option<string?>("--data") { Description = "New folder for the members' folders; a temporary one by default." };
        var json = new Option<bool>("--json") { Description = "The summary as one JSON object on the last line." };
        kills.Validators.Add(CommandLine.InRange(kills, 1, 100_000));
        members.Validators.Add(CommandLine.InRange(members, 4, 16));
        bound.Validators.Add(CommandLine.InRange(bound, 1, 600));
        rate.Validators.Add(CommandLine.InRange(rate, 1, 200));
        var command = new Command("chaos", "Kills members of a network of processes under load, deletes and rolls back their folders, and checks that nothing promised is lost and nothing signed twice. Exits 1 otherwise.")
        {
            kills, losses, members, seed, rate, bound, data, json,
        };
        command.SetAction((result, cancellationToken) => CommandLine.GuardAsync(async () =>
        {
            var options = new ChaosOptions
            {
                Kills = result.GetValue(kills),
                Members = result.GetValue(members),
                Seed = result.GetValue(seed),
                Rate = result.GetValue(rate),
                RestartBound = TimeSpan.FromSeconds(result.GetValue(bound)),
                Losses = [.. FolderLosses.All.Where(loss => result.GetValue(losses)!.Contains(FolderLosses.NameOf(loss), StringComparer.Ordinal))],
                Data = result.GetValue(data),
            };
            var reporter = new Reporter(result.GetValue(json));
            var summary = await new ChaosRun(options, reporter, TimeProvider.System).RunAsync(cancellationToken);
            Show(summary, reporter, result.GetValue(json));
            return summary.Violations.Count == 0 ? ExitCodes.Success : ExitCodes.Failed;
        }));
        return command;
    }

    private static void Show(ChaosSummary summary, Reporter reporter, bool json)
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

        reporter.Line($"{summary.Kills} kills, {summary.Scenarios.Count} folders lost, {summary.Seconds} s; seed {summary.Seed}");
        reporter.Line($"{summary.Promised} entries promised, {summary.Lost} lost, {summary.Late} late");
        reporter.Line($"{summary.Signatures} signatures seen, {summary.DoubleSignatures} places signed twice");
        reporter.Line($"voting again after {summary.RestartMs.P50} ms (p50), {summary.RestartMs.P99} ms (p99), {summary.RestartMs.Max} ms (max); {summary.RestartsLate} beyond the bound");
        reporter.Line($"block {summary.Height} {summary.Head}, heads {(summary.HeadsAgree ? "agree" : "DIFFER")}; {summary.Violations.Count} violations");
    }
}
