using System.CommandLine;
using Dems.Cli.Governance;
using Dems.Core;
using Dems.Core.Governance;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Entries;

namespace Dems.Cli.Commands;

/// <summary><c>dems vote</c>.</summary>
internal static class VoteCommand
{
    public static Command Create()
    {
        var ballot = new Argument<string>("ballot") { Description = "The ballot's id, as `dems ballot list` shows it." };
        var choice = new Argument<string>("choice") { Description = "yes, no or abstain." }.AcceptOnlyFromAmong("yes", "no", "abstain");
        var key = new Option<string>("--key") { Description = "Key file of the party, or of the member where members vote.", Required = true };
        var member = new MemberOptionsGroup();
        var command = new Command("vote", "Votes on an open ballot and waits until the vote is final. Exits 1 if it is refused.") { ballot, choice, key };
        member.AddTo(command);
        command.SetAction((result, cancellationToken) => CommandLine.GuardAsync(async () =>
        {
            if (!Hash32.TryParse(result.GetValue(ballot), out var id))
            {
                throw new CommandException(ExitCodes.Usage, $"'{result.GetValue(ballot)}' is no ballot's id: 64 hexadecimal digits.");
            }

            using var signer = MemberOptionsGroup.LoadKey(result.GetValue(key)!);
            using var client = member.Connect(result);
            var desk = await EntryDesk.OpenAsync(client, result.GetValue(member.Pool)!, TimeProvider.System, cancellationToken);
            var vote = new BallotVote(new ContentId(id), Enum.Parse<BallotChoice>(result.GetValue(choice)!, ignoreCase: true));
            return EntryReport.Print("vote", await desk.SubmitAsync(vote, signer, cancellationToken), result.GetValue(member.Json));
        }));
        return command;
    }
}
