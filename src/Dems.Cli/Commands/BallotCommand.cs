using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Dems.Cli.Governance;
using Dems.Cli.Output;
using Dems.Contracts.Queries;
using Dems.Core.Governance;
using Dems.Core.Ledger.Entries;

namespace Dems.Cli.Commands;

/// <summary><c>dems ballot open | trial | list | show | proof | verify</c>.</summary>
internal static class BallotCommand
{
    public static Command Create() => new("ballot", "Puts something to the vote, tries a rule beforehand, lists ballots, shows one, proves its tally.")
    {
        Open(), TrialCommand.Create(), List(), Show(), TallyCommand.CreateProof(), TallyCommand.CreateVerify(),
    };

    private static Command Open()
    {
        var kind = new Argument<string>("kind") { Description = $"What to decide: {string.Join(", ", ProposalReader.Kinds)}." };
        kind.AcceptOnlyFromAmong([.. ProposalReader.Kinds]);
        var key = new Option<string>("--key") { Description = "Key file of the party or member that proposes.", Required = true };
        var text = new Option<string>("--text") { Description = "What the electors read, up to 1000 characters.", Required = true };
        var notice = new Option<int>("--notice") { Description = "Seconds until it opens.", DefaultValueFactory = _ => 86_400 };
        var days = new Option<int>("--open-for") { Description = "Seconds that it stays open.", DefaultValueFactory = _ => 7 * 86_400 };
        var effect = new Option<int>("--effect-after") { Description = "Seconds between deadline and effect; rules and tariffs wait for the next five minutes after that.", DefaultValueFactory = _ => 0 };
        var (member, proposal) = (new MemberOptionsGroup(), new ProposalOptions());
        var command = new Command("open", "Puts something to the vote and waits until the proposal is final. Exits 1 if it is refused.") { kind, key, text, notice, days, effect };
        proposal.AddTo(command);
        member.AddTo(command);
        command.SetAction((result, cancellationToken) => CommandLine.GuardAsync(async () =>
        {
            using var signer = MemberOptionsGroup.LoadKey(result.GetValue(key)!);
            using var client = member.Connect(result);
            var desk = await EntryDesk.OpenAsync(client, result.GetValue(member.Pool)!, TimeProvider.System, cancellationToken);
            var payload = ProposalReader.Read(result.GetValue(kind)!, result, proposal, desk.Chain);
            var deadline = DateTimeOffset.UtcNow.ToUnixTimeSeconds() + result.GetValue(notice) + result.GetValue(days);
            var from = deadline + result.GetValue(effect);
            if (payload.Kind is BallotKind.Rule or BallotKind.Tariff)
            {
                from = (from + BallotTimes.BoundarySeconds - 1) / BallotTimes.BoundarySeconds * BallotTimes.BoundarySeconds;
            }

            var body = new BallotProposal(payload, result.GetValue(text)!, result.GetValue(notice), deadline, from);
            return EntryReport.Print("ballot", await desk.SubmitAsync(body, signer, cancellationToken), result.GetValue(member.Json));
        }));
        return command;
    }

    private static Command List()
    {
        var member = new MemberOptionsGroup();
        var command = new Command("list", "Lists the ballots of a pool, the newest first.");
        member.AddTo(command);
        command.SetAction((result, cancellationToken) => CommandLine.GuardAsync(async () =>
        {
            using var client = member.Connect(result);
            var reporter = new Reporter(json: false);
            await foreach (var ballot in client.BallotsAsync(cancellationToken))
            {
                if (result.GetValue(member.Json))
                {
                    Reporter.Json(JsonSerializer.SerializeToElement(ballot, JsonSerializerOptions.Web));
                }
                else
                {
                    reporter.Line($"{ballot.Ballot} {ballot.Kind}, {ballot.Phase}, deadline {ballot.Deadline:u}: {ballot.Text}");
                }
            }

            return ExitCodes.Success;
        }));
        return command;
    }

    private static Command Show()
    {
        var id = new Argument<string>("ballot") { Description = "The ballot's id." };
        var member = new MemberOptionsGroup();
        var command = new Command("show", "Shows what a ballot proposes, how it is counted and where it stands.") { id };
        member.AddTo(command);
        command.SetAction((result, cancellationToken) => CommandLine.GuardAsync(async () =>
        {
            using var client = member.Connect(result);
            if (await client.BallotAsync(result.GetValue(id)!, cancellationToken) is not { } ballot)
            {
                throw new CommandException(ExitCodes.Failed, $"There is no ballot {result.GetValue(id)} there.");
            }

            if (result.GetValue(member.Json))
            {
                Reporter.Json(JsonSerializer.SerializeToElement(ballot, JsonSerializerOptions.Web));
                return ExitCodes.Success;
            }

            Print(ballot);
            return ExitCodes.Success;
        }));
        return command;
    }

    private static void Print(BallotView ballot)
    {
        var reporter = new Reporter(json: false);
        var (rule, count) = (ballot.Rule, ballot.Count);
        reporter.Line($"ballot    {ballot.Ballot}");
        reporter.Line($"text      {ballot.Text}");
        reporter.Line($"proposes  {ballot.Proposes}");
        reporter.Line($"proposer  {ballot.Proposer}, {ballot.ProposedAt:u}");
        reporter.Line($"times     opens {ballot.OpensAt:u}, deadline {ballot.Deadline:u}, effect {ballot.EffectiveFrom:u}");
        reporter.Line(rule.MemberQuorum
            ? "counted   one vote per member; more than two thirds of the members must agree"
            : string.Create(CultureInfo.InvariantCulture, $"counted   {rule.Weights}; quorum {rule.QuorumPpm / 10_000m:0.####} %, threshold {rule.ThresholdPpm / 10_000m:0.####} %"));
        reporter.Line($"votes     yes {count.Yes}, no {count.No}, abstain {count.Abstain} of {count.Total}; {count.Voters} of {count.Electors} electors");
        reporter.Line($"phase     {ballot.Phase}{(ballot.Decision is { } decision ? $", {decision}" : "")}{(ballot.EffectReason is { } reason ? $": {reason}" : "")}");
    }
}
