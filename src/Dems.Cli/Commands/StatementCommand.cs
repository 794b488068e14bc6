using System.CommandLine;
using System.Text.Json;
using Dems.Cli.Client;
using Dems.Cli.Governance;
using Dems.Cli.Network;
using Dems.Cli.Output;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Receipts;
using Dems.Core.Settlement.OnChain;
using Dems.Grains.Crypto;

namespace Dems.Cli.Commands;

/// <summary><c>dems statement list | show | get | verify</c>.</summary>
internal static class StatementCommand
{
    public static Command Create() =>
        new("statement", "Statements of a period from the chain: of all parties, of one, with proof, checked offline (docs/settlement.md).") { CreateList(), CreateShow(), CreateGet(), CreateVerify() };

    private static Option<string> Period() => new("--period") { Description = "Month such as 2026-11, year, day, or two days such as 2026-11-01/2026-12-01, the end exclusive.", Required = true };

    private static Command CreateList()
    {
        var (period, member) = (Period(), new MemberOptionsGroup());
        var command = new Command("list", "All statements and notes of a period, with the root that a settlement ballot approves. Exits 1 if what was approved is something else.") { period };
        member.AddTo(command);
        command.SetAction((result, cancellationToken) => CommandLine.GuardAsync(async () =>
        {
            using var client = Connect(member, result);
            var settlement = await client.SettlementAsync(result.GetValue(period)!, cancellationToken);
            if (result.GetValue(member.Json))
            {
                Reporter.Json(JsonSerializer.SerializeToElement(settlement, JsonSerializerOptions.Web));
            }
            else
            {
                Print(StatementText.Of(settlement));
            }

            return settlement.Matches ? ExitCodes.Success : ExitCodes.Failed;
        }));
        return command;
    }

    private static Command CreateShow()
    {
        var (party, period, member) = (new Argument<string>("party") { Description = "Address of the party." }, Period(), new MemberOptionsGroup());
        var command = new Command("show", "The statement of a party: energy, lines, each step of the arithmetic, what is due.") { party, period };
        member.AddTo(command);
        command.SetAction((result, cancellationToken) => CommandLine.GuardAsync(async () =>
        {
            using var client = Connect(member, result);
            var statement = await client.StatementAsync(result.GetValue(party)!, result.GetValue(period)!, cancellationToken);
            if (result.GetValue(member.Json))
            {
                Reporter.Json(JsonSerializer.SerializeToElement(statement, JsonSerializerOptions.Web));
            }
            else
            {
                Print(StatementText.Of(statement));
            }

            return ExitCodes.Success;
        }));
        return command;
    }

    private static Command CreateGet()
    {
        var (party, period, member) = (new Argument<string>("party") { Description = "Address of the party." }, Period(), new MemberOptionsGroup());
        var output = new Option<string>("--output", "-o") { Description = "File to write.", Required = true };
        var command = new Command("get", "Fetches the statement of a party with its proof. Exits 3 if it is not certified yet.") { party, period, output };
        member.AddTo(command);
        command.SetAction((result, cancellationToken) => CommandLine.GuardAsync(async () =>
        {
            using var client = Connect(member, result);
            var proof = await client.ProofAsync(result.GetValue(party)!, result.GetValue(period)!, cancellationToken);
            var file = result.GetValue(output)!;
            await File.WriteAllBytesAsync(file, proof, cancellationToken);
            await Console.Error.WriteLineAsync($"{proof.Length} bytes in {file}. Check them: dems statement verify {file} --genesis FILE");
            return ExitCodes.Success;
        }));
        return command;
    }

    private static Command CreateVerify()
    {
        var file = new Argument<string>("file") { Description = "The statement with its proof." };
        var genesis = new Option<string>("--genesis") { Description = "Genesis document of the network (genesis.json), from a source that you trust.", Required = true };
        var json = new Option<bool>("--json") { Description = "One JSON object." };
        var command = new Command("verify", "Computes a statement again offline. Exits 0 if it comes to the same bytes, 1 if the proof proves nothing, 2 if a file cannot be read.") { file, genesis, json };
        command.SetAction((result, cancellationToken) => CommandLine.GuardAsync(async () =>
        {
            if (!GenesisJson.TryRead(await File.ReadAllTextAsync(result.GetValue(genesis)!, cancellationToken), out var network, out var fault))
            {
                throw new CommandException(ExitCodes.Usage, $"{result.GetValue(genesis)}: {fault}");
            }

            return Verify(await File.ReadAllBytesAsync(result.GetValue(file)!, cancellationToken), network, result.GetValue(json));
        }));
        return command;
    }

    private static int Verify(byte[] bytes, Genesis genesis, bool json)
    {
        using var verifier = new Es256Verifier();
        var error = default(ReceiptError);
        StatementFindings? findings = null;
        if (!StatementProofCodec.TryDecode(bytes, out var proof, out var reason))
        {
            error = new ReceiptError("proof", reason);
        }
        else if (genesis.PoolOf(proof.Statement.Chain) is not { } pool)
        {
            error = new ReceiptError("statement", $"is of chain {proof.Statement.Chain}, which is none of the network {genesis.Network}");
        }
        else if (!new ZoneTables().TryFind(pool.TimeZone, out var time, out reason))
        {
            throw new CommandException(ExitCodes.Usage, reason);
        }
        else if (StatementProofRules.TryVerify(proof, genesis, time, verifier, out var found, out error))
        {
            findings = found;
        }

        if (json)
        {
            Reporter.Json(StatementText.JsonOf(findings, error));
        }
        else
        {
            Print(StatementText.Of(findings, error, genesis));
        }

        return findings is null ? ExitCodes.Failed : ExitCodes.Success;
    }

    private static SettlementClient Connect(MemberOptionsGroup member, ParseResult result) => new(new Uri(result.GetValue(member.To)!), result.GetValue(member.Pool)!);

    private static void Print(IEnumerable<string> lines)
    {
        var reporter = new Reporter(json: false);
        foreach (var line in lines)
        {
            reporter.Line(line);
        }
    }
}
