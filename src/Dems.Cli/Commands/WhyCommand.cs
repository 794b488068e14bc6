using System.CommandLine;
using System.Text.Json;
using Dems.Cli.Client;
using Dems.Cli.Governance;
using Dems.Cli.Output;
using Dems.Contracts.Settlement;

namespace Dems.Cli.Commands;

/// <summary><c>dems why</c>: one node, one interval, each step.</summary>
internal static class WhyCommand
{
    public static Command Create()
    {
        var node = new Argument<string>("node") { Description = "Address of the node." };
        var at = new Option<string>("--at") { Description = "A time in the interval, such as 2026-03-20T12:00:00Z.", Required = true };
        var member = new MemberOptionsGroup();
        var command = new Command("why", "Why a node got what it got in an interval: inputs, rule, each step of the arithmetic, result.") { node, at };
        member.AddTo(command);
        command.SetAction((result, cancellationToken) => CommandLine.GuardAsync(async () =>
        {
            using var client = new SettlementClient(new Uri(result.GetValue(member.To)!), result.GetValue(member.Pool)!);
            var why = await client.WhyAsync(result.GetValue(node)!, result.GetValue(at)!, cancellationToken);
            if (result.GetValue(member.Json))
            {
                Reporter.Json(JsonSerializer.SerializeToElement(why, JsonSerializerOptions.Web));
                return ExitCodes.Success;
            }

            var reporter = new Reporter(json: false);
            foreach (var line in Lines(why))
            {
                reporter.Line(line);
            }

            return ExitCodes.Success;
        }));
        return command;
    }

    private static IEnumerable<string> Lines(WhyView why)
    {
        yield return $"{why.MeteringPoint} ({why.Node}), {why.Carrier}, {why.Start:u} for {why.DurationSeconds} s";
        yield return $"  allocated for the {why.Revision + 1}. time; row {why.Reference ?? "none: it got nothing"} in block {why.Height}{(why.Provisional ? $"; provisional, {why.Missing} sides missing" : "")}";
        yield return $"  by the policy in force since {why.PolicyFrom:u}:";
        foreach (var line in why.Policy.Split('\n'))
        {
            yield return $"    {line.TrimEnd()}";
        }

        yield return "  what was metered, in Wh:";
        foreach (var input in why.Inputs)
        {
            yield return $"    {input.Node,-48} C = {input.ConsumptionWh,10:N0}   P = {input.ProductionWh,10:N0}";
        }

        yield return "  steps:";
        foreach (var step in why.Steps)
        {
            yield return $"    {(step.Node is null ? "pool" : "node")}: {step.Formula}: {step.Numbers} → {step.Value}";
        }

        yield return "  who drew on whom:";
        foreach (var transfer in why.Transfers)
        {
            yield return $"    {transfer.Consumer} on {transfer.Producer}: {transfer.EnergyWh:N0} Wh";
        }

        var result = why.Result;
        yield return $"  result: own use {result.OwnUse:N0}, shared in {result.SharedIn:N0}, shared out {result.SharedOut:N0}, grid in {result.GridIn:N0}, grid out {result.GridOut:N0} Wh";
    }
}
