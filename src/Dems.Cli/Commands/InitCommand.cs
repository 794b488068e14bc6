using System.CommandLine;
using Dems.Cli.Network;
using Dems.Cli.Output;
using Dems.Core.Governance;
using Dems.Core.Ledger;

namespace Dems.Cli.Commands;

/// <summary><c>dems init</c>.</summary>
internal static class InitCommand
{
    public static Command Create()
    {
        var members = new Option<int>("--members") { Description = "Members of the network.", DefaultValueFactory = _ => 4 };
        var data = new Option<string>("--data") { Description = "Folder to make the members' folders in.", Required = true };
        var network = new Option<string>("--network") { Description = "Name of the network: a-z, 0-9 and '-'.", DefaultValueFactory = _ => "community" };
        var pools = new Option<string[]>("--pool") { Description = "Name of a pool; may be given several times.", DefaultValueFactory = _ => ["community"] };
        var http = new Option<int>("--port") { Description = "HTTP port of the first member; the others follow.", DefaultValueFactory = _ => 5080 };
        var peer = new Option<int>("--peer-port") { Description = "Port of the first member for its peers; the others follow.", DefaultValueFactory = _ => 5180 };
        var silo = new Option<int>("--silo-port") { Description = "Port of the first member's silo; the others follow.", DefaultValueFactory = _ => 5280 };
        var notice = new Option<int>("--min-notice") { Description = "Seconds that ballots are announced before they open, at least.", DefaultValueFactory = _ => new GovernanceRules().MinNoticeSeconds };
        var json = new Option<bool>("--json") { Description = "One JSON object." };
        members.Validators.Add(CommandLine.InRange(members, 1, 100));
        notice.Validators.Add(CommandLine.InRange(notice, 0, GovernanceRules.MaxNoticeSeconds));
        var command = new Command("init", "Makes keys, genesis and empty stores for the members of a new network, set up for one machine. Prints the genesis hash.")
        {
            members, data, network, pools, http, peer, silo, notice, json,
        };
        command.SetAction((result, cancellationToken) => CommandLine.GuardAsync(async () =>
        {
            var (directory, count) = (result.GetValue(data)!, result.GetValue(members));
            if (NetworkFolder.CountMembers(directory) > 0)
            {
                throw new CommandException(ExitCodes.Usage, $"{directory} holds a network already; nothing was changed.");
            }

            var genesis = await NetworkFolder.CreateAsync(
                directory, result.GetValue(network)!, count, [.. result.GetValue(pools)!.Select(PoolOf)], TimeProvider.System, cancellationToken);
            GenesisPool PoolOf(string name) => NetworkFolder.CommunityPool(name) with { Governance = new GovernanceRules { MinNoticeSeconds = result.GetValue(notice) } };
            string[] peers = [.. Enumerable.Range(result.GetValue(peer), count).Select(port => $"http://127.0.0.1:{port}")];
            for (var i = 0; i < count; i++)
            {
                var configuration = new MemberConfiguration
                {
                    Http = $"127.0.0.1:{result.GetValue(http) + i}",
                    Peer = $"127.0.0.1:{result.GetValue(peer) + i}",
                    SiloPort = result.GetValue(silo) + i,
                    Peers = peers,
                };
                await configuration.SaveAsync(NetworkFolder.MemberOf(directory, i), cancellationToken);
            }

            if (result.GetValue(json))
            {
                Reporter.Json(new { genesis = genesis.Hash.ToString(), members = count, data = Path.GetFullPath(directory) });
            }
            else
            {
                var reporter = new Reporter(json: false);
                reporter.Line($"genesis {genesis.Hash}");
                reporter.Line($"Start each member: dems up --data {NetworkFolder.MemberOf(directory, 0)}");
            }

            return ExitCodes.Success;
        }));
        return command;
    }
}
