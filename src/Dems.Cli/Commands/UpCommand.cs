using System.CommandLine;
using Dems.Cli.Network;
using Dems.Cli.Output;
using Dems.Grains.Crypto;
using Dems.Grains.Hosting;

namespace Dems.Cli.Commands;

/// <summary><c>dems up</c>.</summary>
internal static class UpCommand
{
    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = "The member's folder.", Required = true };
        var http = new Option<string?>("--http") { Description = "Address and port of the HTTP edge, instead of the configured one." };
        var command = new Command("up", "Runs one member until it is stopped.") { data, http };
        command.SetAction((result, cancellationToken) => CommandLine.GuardAsync(async () =>
        {
            var folder = Path.GetFullPath(result.GetValue(data)!);
            var configuration = MemberConfiguration.Load(folder);
            var options = configuration.ToOptions(folder);

            // A member that lost its stores gets empty ones, without a safety row: it catches up and abstains first.
            await MemberFolder.RecreateMissingAsync(folder, options.Genesis, cancellationToken);
            var edge = MemberConfiguration.EndpointOf(result.GetValue(http) ?? configuration.Http, "http");
            using var verifiers = new VerifierPool();
            await using var member = await MemberApp.StartAsync(options, verifiers, edge, quiet: false, cancellationToken);
            new Reporter(json: false).Line($"{options.Name} (member {options.Member}) is up: http://{edge}, peers on {configuration.Peer}");
            await member.WaitForShutdownAsync(cancellationToken);
            return ExitCodes.Success;
        }));
        return command;
    }
}
