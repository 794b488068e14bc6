using System.CommandLine;
using Dems.Cli.Output;
using Dems.Grains.Chains;
using Dems.Grains.Crypto;
using Dems.Grains.Hosting;
using Dems.Replication.Verification;
using Dems.Storage;

namespace Dems.Cli.Commands;

/// <summary><c>dems verify</c>: everything in one member's folder, from genesis, trusting nobody.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = "Folder of one member.", Required = true };
        var json = new Option<bool>("--json") { Description = "One JSON object per pool." };
        var command = new Command("verify", "Re-checks every signature, certificate, root and state in one member's folder from genesis. Stop the member first. Exits 1 at the first damage.")
        {
            data, json,
        };
        command.SetAction((result, cancellationToken) => CommandLine.GuardAsync(
            () => RunAsync(result.GetValue(data)!, new Reporter(result.GetValue(json)), result.GetValue(json), cancellationToken)));
        return command;
    }

    private static async Task<int> RunAsync(string folder, Reporter reporter, bool json, CancellationToken cancellationToken)
    {
        if (!MemberFolder.TryReadGenesis(folder, out var genesis, out var error))
        {
            throw new CommandException(ExitCodes.Usage, error);
        }

        using var exclusive = DataFolderLock.Acquire(folder);
        using var verifiers = new VerifierPool();
        var signatures = new Es256Verifier();
        var exitCode = ExitCodes.Success;
        foreach (var pool in genesis.Pools)
        {
            var verifier = new ChainVerifier(genesis, pool.Name, signatures, new EntryOpener(verifiers, signatures));
            var found = await FolderVerification.RunAsync(verifier, MemberFolder.FilesOf(folder, pool.Name), genesis.ChainOf(pool.Name), cancellationToken);
            var report = new VerifyReport(pool.Name, found);
            if (json)
            {
                Reporter.Json(report);
            }
            else
            {
                reporter.Line(report.ToString());
            }

            exitCode = report.Sound ? exitCode : ExitCodes.Failed;
        }

        return exitCode;
    }
}
