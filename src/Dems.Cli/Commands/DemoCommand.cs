using System.CommandLine;
using Dems.Cli.Demo;
using Dems.Cli.Output;

namespace Dems.Cli.Commands;

/// <summary><c>dems demo</c>.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var members = new Option<int>("--members") { Description = "Members of the network.", DefaultValueFactory = _ => 4 };
        var readings = new Option<string[]>("--readings") { Description = "File or folder with readings; may be given several times. Without, a simulated village." };
        var days = new Option<int>("--days") { Description = "Days that the village lives.", DefaultValueFactory = _ => 1 };
        var homes = new Option<int>("--homes") { Description = "Homes of the village.", DefaultValueFactory = _ => 20 };
        var seed = new Option<ulong>("--seed") { Description = "Seed of the village.", DefaultValueFactory = _ => 1UL };
        var batch = new Option<int>("--batch") { Description = "Readings per batch, 1 to 1000.", DefaultValueFactory = _ => 96 };
        var rule = PolicyOptions.Rule();
        var preset = PolicyOptions.Preset();
        var basis = PolicyOptions.Basis();
        var once = new Option<bool>("--once") { Description = "Exit after the summary instead of serving." };
        var json = new Option<bool>("--json") { Description = "The summary as one JSON object on the last line." };
        var data = new Option<string?>("--data") { Description = "Folder of the members' folders; a new temporary one by default." };
        var port = new Option<int>("--port") { Description = "HTTP port of the first member; the others follow.", DefaultValueFactory = _ => 5080 };
        members.Validators.Add(CommandLine.InRange(members, 1, 100));
        days.Validators.Add(CommandLine.InRange(days, 1, 3_650));
        homes.Validators.Add(CommandLine.InRange(homes, 1, 10_000));
        batch.Validators.Add(CommandLine.InRange(batch, 1, 1_000));
        var command = new Command("demo", "Runs a whole network in this process and lets it agree on readings.")
        {
            members, readings, days, homes, seed, batch, rule, preset, basis, once, json, data, port,
        };
        command.SetAction((result, cancellationToken) => CommandLine.GuardAsync(() =>
        {
            var options = new DemoOptions
            {
                Members = result.GetValue(members),
                Readings = result.GetValue(readings) ?? [],
                Days = result.GetValue(days),
                Homes = result.GetValue(homes),
                Seed = result.GetValue(seed),
                BatchSize = result.GetValue(batch),
                Rule = result.GetValue(rule),
                Preset = result.GetValue(preset),
                Basis = PolicyOptions.BasisOf(result.GetValue(basis)),
                Once = result.GetValue(once),
                Data = result.GetValue(data),
                Port = result.GetValue(port),
            };
            return new DemoRun(options, new Reporter(result.GetValue(json)), TimeProvider.System).RunAsync(cancellationToken);
        }));
        return command;
    }
}
