using System.CommandLine;
using Dems.Cli.Client;
using Dems.Cli.Output;
using Dems.Contracts.Queries;

namespace Dems.Cli.Commands;

/// <summary><c>dems status</c>.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var to = new Option<string>("--to") { Description = "HTTP address of a member.", DefaultValueFactory = _ => "http://127.0.0.1:5080" };
        var json = new Option<bool>("--json") { Description = "One JSON object per chain." };
        var command = new Command("status", "Shows where a member's chains stand. Exits 1 if one does not run or does not vote.") { to, json };
        command.SetAction((result, cancellationToken) => CommandLine.GuardAsync(async () =>
        {
            var reporter = new Reporter(result.GetValue(json));
            var heads = await HeadsAsync(new Uri(result.GetValue(to)!), cancellationToken);
            foreach (var head in heads)
            {
                if (result.GetValue(json))
                {
                    Reporter.Json(head);
                }
                else
                {
                    reporter.Line($"{head.Pool}: {StateOf(head)}, block {head.Height} {head.Block}, {head.TreeSize} entries, {head.Pending} pending");
                }
            }

            return heads.All(head => head is { Running: true, Voting: true }) ? ExitCodes.Success : ExitCodes.Failed;
        }));
        return command;
    }

    private static async Task<IReadOnlyList<HeadView>> HeadsAsync(Uri address, CancellationToken cancellationToken)
    {
        using var any = new MemberClient(address, "");
        var heads = new List<HeadView>();
        foreach (var chain in await any.ChainsAsync(cancellationToken))
        {
            using var client = new MemberClient(address, chain.Pool);
            if (await client.HeadAsync(cancellationToken) is { } head)
            {
                heads.Add(head);
            }
        }

        return heads;
    }

    private static string StateOf(HeadView head) => head switch
    {
        { Running: false } => "not running",
        { CatchingUp: true } => "catching up",
        { Voting: false } => "not voting yet",
        _ => "voting",
    };
}
