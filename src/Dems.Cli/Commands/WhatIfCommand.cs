using System.CommandLine;
using System.Text.Json;
using Dems.Cli.Client;
using Dems.Cli.Governance;
using Dems.Cli.Output;
using Dems.Contracts.Settlement;

namespace Dems.Cli.Commands;

/// <summary><c>dems whatif</c>: real history under another rule or tariff.</summary>
internal static class WhatIfCommand
{
    public static Command Create()
    {
        var period = new Option<string>("--period") { Description = "Month such as 2026-11, year, day, or two days such as 2026-11-01/2026-12-01, the end exclusive.", Required = true };
        var preset = new Option<string?>("--preset") { Description = "A country's code or a preset's name, such as at-static (docs/allocation.md). What the pool's meters count stays." };
        var policy = new Option<string?>("--policy") { Description = "JSON file with an allocation policy." };
        var tariff = new Option<string?>("--tariff") { Description = "JSON file with a tariff, as if it had always held." };
        var carrier = new Option<string>("--carrier") { Description = "The carrier.", DefaultValueFactory = _ => "electricity" };
        var member = new MemberOptionsGroup();
        var command = new Command("whatif", "Replays a period of the chain under another rule or tariff. The chain is only read. Exits 1 if energy is not conserved.")
        {
            period, preset, policy, tariff, carrier,
        };
        member.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(preset) is not null && result.GetValue(policy) is not null)
            {
                result.AddError("Give --preset or --policy, not both.");
            }
            else if (result.GetValue(preset) is null && result.GetValue(policy) is null && result.GetValue(tariff) is null)
            {
                result.AddError("Give --preset, --policy or --tariff: what to try.");
            }
        });
        command.SetAction((result, cancellationToken) => CommandLine.GuardAsync(async () =>
        {
            using var client = new SettlementClient(new Uri(result.GetValue(member.To)!), result.GetValue(member.Pool)!);
            var request = new WhatIfRequest(result.GetValue(carrier), result.GetValue(preset), Read(result.GetValue(policy)), Read(result.GetValue(tariff)));
            var outcome = await client.WhatIfAsync(result.GetValue(period)!, request, cancellationToken);
            if (result.GetValue(member.Json))
            {
                Reporter.Json(JsonSerializer.SerializeToElement(outcome, JsonSerializerOptions.Web));
            }
            else
            {
                var reporter = new Reporter(json: false);
                foreach (var line in Lines(outcome))
                {
                    reporter.Line(line);
                }
            }

            return outcome.Conserved ? ExitCodes.Success : ExitCodes.Failed;
        }));
        return command;
    }

    private static JsonElement? Read(string? file)
    {
        try
        {
            return file is null ? null : JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(file));
        }
        catch (JsonException e)
        {
            throw new CommandException(ExitCodes.Usage, $"{file}: {e.Message}");
        }
    }

    private static IEnumerable<string> Lines(WhatIfView outcome)
    {
        yield return $"Period {outcome.Period} of pool {outcome.Pool} as of block {outcome.AsOf}: {outcome.Intervals:N0} intervals, {(outcome.Conserved ? "conserved" : "NOT CONSERVED")}";
        yield return $"  {"Wh",-56}{"own use",12}{"shared in",12}{"shared out",12}{"grid in",12}{"grid out",12}";
        foreach (var node in outcome.Nodes)
        {
            yield return $"  {node.Node,-48}{"before",8}{StatementText.Row(node.Before)}";
            yield return $"  {"",-48}{"after",8}{StatementText.Row(node.After)}";
        }

        foreach (var party in outcome.Parties)
        {
            yield return $"  {party.Party,-48} due {party.Before ?? "unknown",16} before, {party.After,16} after";
        }
    }
}
