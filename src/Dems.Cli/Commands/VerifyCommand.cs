using System.CommandLine;
using Dems.Cli.Output;
using Dems.Grains.Chains;
using Dems.Grains.Crypto;
using Dems.Grains.Hosting;
using Dems.Replication.Ports;
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
            var found = await VerifyAsync(verifier, MemberFolder.FilesOf(folder, pool.Name), genesis.ChainOf(pool.Name), cancellationToken);
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

    private static async Task<ChainVerification> VerifyAsync(
        ChainVerifier verifier, ReplicaFiles files, Core.Ledger.ChainId chain, CancellationToken cancellationToken)
    {
        try
        {
            await using var store = await ReplicaDatabase.OpenAsync(files, chain, cancellationToken);
            return await verifier.VerifyAsync(store.Chain, progress: null, cancellationToken);
        }
        catch (DamageException e)
        {
            // The file's structure itself: nothing in it can be walked.
            return new ChainVerification(default, default, 0, 0, default, e.Damage);
        }
    }
}
