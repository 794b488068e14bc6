using System.CommandLine;
using Dems.Cli.Client;
using Dems.Cli.Output;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Receipts;
using Dems.Grains.Crypto;

namespace Dems.Cli.Commands;

/// <summary><c>dems receipt</c>: fetches receipts, and checks them with nothing but a genesis document.</summary>
internal static class ReceiptCommand
{
    public static Command Create() => new("receipt", "Fetches receipts and checks them offline (docs/receipts.md).") { CreateGet(), CreateVerify() };

    private static Command CreateGet()
    {
        var entry = new Argument<string>("entry") { Description = "Content id, leaf hash or index of a final entry." };
        var server = new Option<string>("--server", "--to") { Description = "HTTP address of a member.", DefaultValueFactory = _ => "http://127.0.0.1:5080" };
        var pool = new Option<string?>("--pool") { Description = "Pool whose chain has the entry; not needed for a content id or leaf hash." };
        var register = new Option<string?>("--register") { Description = "Shows one reading only: its register, such as import. With --start." };
        var start = new Option<string?>("--start") { Description = "Shows one reading only: its interval start, such as 2026-03-20T00:00:00Z. With --register." };
        var output = new Option<string>("--output", "-o") { Description = "File to write.", Required = true };
        var command = new Command("get", "Fetches the receipt of a final entry, or of one reading of a batch. Exits 3 if there is none yet.") { entry, server, pool, register, start, output };
        command.SetAction((result, cancellationToken) => CommandLine.GuardAsync(async () =>
        {
            using var client = new ReceiptClient(new Uri(result.GetValue(server)!));
            var receipt = await client.GetAsync(
                result.GetValue(pool), result.GetValue(entry)!, result.GetValue(register), result.GetValue(start), cancellationToken);
            await File.WriteAllBytesAsync(result.GetValue(output)!, receipt, cancellationToken);
            await Console.Error.WriteLineAsync($"{receipt.Length} bytes in {result.GetValue(output)}. Check them: dems receipt verify {result.GetValue(output)} --genesis FILE");
            return ExitCodes.Success;
        }));
        return command;
    }

    private static Command CreateVerify()
    {
        var file = new Argument<string>("file") { Description = "The receipt." };
        var genesis = new Option<string>("--genesis") { Description = "Genesis document of the network (genesis.json), from a source that you trust.", Required = true };
        var json = new Option<bool>("--json") { Description = "One JSON object." };
        var command = new Command("verify", "Checks a receipt offline. Exits 0 if it proves what it shows, 1 if it does not, 2 if a file cannot be read.") { file, genesis, json };
        command.SetAction((result, cancellationToken) => CommandLine.GuardAsync(
            () => VerifyAsync(result.GetValue(file)!, result.GetValue(genesis)!, new Reporter(result.GetValue(json)), result.GetValue(json), cancellationToken)));
        return command;
    }

    private static async Task<int> VerifyAsync(string file, string genesisFile, Reporter reporter, bool json, CancellationToken cancellationToken)
    {
        if (!GenesisJson.TryRead(await File.ReadAllTextAsync(genesisFile, cancellationToken), out var genesis, out var fault))
        {
            throw new CommandException(ExitCodes.Usage, $"{genesisFile}: {fault}");
        }

        var report = Check(await File.ReadAllBytesAsync(file, cancellationToken), genesis);
        if (json)
        {
            Reporter.Json(report);
        }
        else
        {
            foreach (var line in report.Lines())
            {
                reporter.Line(line);
            }
        }

        return report.Valid ? ExitCodes.Success : ExitCodes.Failed;
    }

    private static ReceiptReport Check(byte[] bytes, Genesis genesis)
    {
        using var verifier = new Es256Verifier();
        return ReceiptCodec.TryDecode(bytes, out var receipt, out var error) && ReceiptRules.TryVerify(receipt, genesis, verifier, out var findings, out error)
            ? ReceiptReport.Of(findings, genesis)
            : ReceiptReport.Of(error);
    }
}
