using System.CommandLine;
using Dems.Cli.Output;
using Dems.Core.Energy;
using Dems.Grains.Crypto;

namespace Dems.Cli.Commands;

/// <summary><c>dems keygen</c>.</summary>
internal static class KeygenCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("file") { Description = "File to write; never overwritten." };
        var json = new Option<bool>("--json") { Description = "One JSON object." };
        var command = new Command("keygen", "Makes a P-256 key and prints its public half and the address that it gives.") { path, json };
        command.SetAction((result, _) => CommandLine.GuardAsync(() =>
        {
            using var key = KeyFile.Create(result.GetValue(path)!);
            var (publicKey, address) = (key.PublicKey.ToString(), NodeAddress.Of(key.PublicKey).ToString());
            if (result.GetValue(json))
            {
                Reporter.Json(new { file = result.GetValue(path), public_key = publicKey, address });
            }
            else
            {
                var reporter = new Reporter(json: false);
                reporter.Line($"public key {publicKey}");
                reporter.Line($"address    {address}");
            }

            return Task.FromResult(ExitCodes.Success);
        }));
        return command;
    }
}
