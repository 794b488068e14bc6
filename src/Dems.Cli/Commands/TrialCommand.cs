using System.CommandLine;
using System.Text.Json;
using Dems.Cli.Client;
using Dems.Cli.Governance;
using Dems.Cli.Output;
using Dems.Contracts.Queries;
using Dems.Core.Allocation.Encoding;
using Dems.Core.Governance.Trials;

namespace Dems.Cli.Commands;

/// <summary><c>dems ballot trial</c>: a rule on the pool's own last days, before anybody votes on it.</summary>
internal static class TrialCommand
{
    public static Command Create()
    {
        var ballot = new Argument<string?>("ballot") { Description = "A ballot that proposes a rule; or else --file.", Arity = ArgumentArity.ZeroOrOne };
        var file = new Option<string?>("--file") { Description = "The allocation policy as JSON, or its canonical bytes (.cbor)." };
        var carrier = new Option<string>("--carrier") { Description = "The carrier, with --file.", DefaultValueFactory = _ => "electricity" };
        var days = new Option<int>("--days") { Description = $"How many of the newest days to replay, 1 to {RuleTrial.MaxDays}.", DefaultValueFactory = _ => 7 };
        days.Validators.Add(CommandLine.InRange(days, 1, RuleTrial.MaxDays));
        var member = new MemberOptionsGroup();
        var command = new Command("trial", "Tries a rule on the pool's last days and shows each node's difference. Changes nothing.") { ballot, file, carrier, days };
        member.AddTo(command);
        command.SetAction((result, cancellationToken) => CommandLine.GuardAsync(async () =>
        {
            using var client = member.Connect(result);
            var trial = (result.GetValue(ballot), result.GetValue(file)) switch
            {
                ({ } id, null) => await client.TrialAsync(id, result.GetValue(days), cancellationToken),
                (null, { } path) => await OfFileAsync(client, path, result.GetValue(carrier)!, result.GetValue(days), cancellationToken),
                _ => throw new CommandException(ExitCodes.Usage, "Give either a ballot's id or --file."),
            };
            if (result.GetValue(member.Json))
            {
                Reporter.Json(JsonSerializer.SerializeToElement(trial, JsonSerializerOptions.Web));
            }
            else
            {
                Print(trial);
            }

            return trial.IsConserved ? ExitCodes.Success : ExitCodes.Failed;
        }));
        return command;
    }

    private static Task<TrialView> OfFileAsync(MemberClient client, string path, string carrier, int days, CancellationToken cancellationToken) =>
        PolicyCodec.TryDecode(PayloadFiles.ReadPolicy(path), out var policy, out var error)
            ? client.TrialAsync(policy, carrier, days, cancellationToken)
            : throw new CommandException(ExitCodes.Usage, $"{path}: {error}");

    private static void Print(TrialView trial)
    {
        var reporter = new Reporter(json: false);
        if (trial.Intervals == 0)
        {
            reporter.Line($"The pool has no allocated interval of {trial.Carrier} to try the rule on.");
            return;
        }

        reporter.Line($"{trial.Intervals} intervals of {trial.Carrier} on {trial.Days} days, {trial.From:u} to {trial.Until:u}; {trial.Skipped} stretches left out, {trial.Missing} readings missing");
        reporter.Line($"conserved     {(trial.IsConserved ? "yes" : "NO")}");
        reporter.Line($"shared        {trial.Before.Allocated} Wh before, {trial.After.Allocated} Wh after");
        reporter.Line($"fed in        {trial.Before.Export} Wh before, {trial.After.Export} Wh after");
        foreach (var node in trial.Nodes)
        {
            reporter.Line($"{node.Address}  received {node.Before.Allocated} -> {node.After.Allocated} Wh ({node.Gain:+0;-0;0}), sold {node.Before.Sold} -> {node.After.Sold} Wh ({node.SalesGain:+0;-0;0})");
        }
    }
}
