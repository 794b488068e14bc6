using System.CommandLine;
using Dems.Cli.Governance;
using Dems.Cli.Output;
using Dems.Core.Governance;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Receipts;
using Dems.Grains.Crypto;

namespace Dems.Cli.Commands;

/// <summary><c>dems ballot proof | verify</c>: the tally of a ballot, carried away and checked offline.</summary>
internal static class TallyCommand
{
    public static Command CreateProof()
    {
        var id = new Argument<string>("ballot") { Description = "The ballot's id." };
        var output = new Option<string>("--output", "-o") { Description = "File to write.", Required = true };
        var member = new MemberOptionsGroup();
        var command = new Command("proof", "Fetches the tally of a ballot with its proof. Exits 3 if it is not counted and certified yet.") { id, output };
        member.AddTo(command);
        command.SetAction((result, cancellationToken) => CommandLine.GuardAsync(async () =>
        {
            using var client = member.Connect(result);
            var (ballot, file) = (result.GetValue(id)!, result.GetValue(output)!);
            if (await client.BallotAsync(ballot, cancellationToken) is null)
            {
                throw new CommandException(ExitCodes.Failed, $"There is no ballot {ballot} there.");
            }

            var proof = await client.TallyProofAsync(ballot, cancellationToken)
                ?? throw new CommandException(ExitCodes.Unavailable, $"Ballot {ballot} is not counted yet, or the block that commits to the tally is not there.");
            await File.WriteAllBytesAsync(file, Convert.FromBase64String(proof.Proof), cancellationToken);
            if (result.GetValue(member.Json))
            {
                Reporter.Json(new { ballot, height = proof.Height, file });
            }
            else
            {
                new Reporter(json: false).Line($"The tally of block {proof.Height} is in {file}. Check it: dems ballot verify {file} --genesis FILE");
            }

            return ExitCodes.Success;
        }));
        return command;
    }

    public static Command CreateVerify()
    {
        var file = new Argument<string>("file") { Description = "The proof." };
        var genesis = new Option<string>("--genesis") { Description = "Genesis document of the network (genesis.json), from a source that you trust.", Required = true };
        var json = new Option<bool>("--json") { Description = "One JSON object." };
        var command = new Command("verify", "Checks the proof of a tally offline. Exits 0 if it proves the tally, 1 if it does not, 2 if a file cannot be read.") { file, genesis, json };
        command.SetAction((result, cancellationToken) => CommandLine.GuardAsync(async () =>
        {
            if (!GenesisJson.TryRead(await File.ReadAllTextAsync(result.GetValue(genesis)!, cancellationToken), out var network, out var fault))
            {
                throw new CommandException(ExitCodes.Usage, $"{result.GetValue(genesis)}: {fault}");
            }

            return Report(await File.ReadAllBytesAsync(result.GetValue(file)!, cancellationToken), network, result.GetValue(json));
        }));
        return command;
    }

    private static int Report(byte[] bytes, Genesis genesis, bool json)
    {
        using var verifier = new Es256Verifier();
        var (tally, pool) = (default(BallotTally), default(GenesisPool));
        if (CertifiedRow.TryDecode(bytes, out var row, out var error)
            && CertifiedRowRules.TryVerify(row, genesis, verifier, out pool, out error)
            && !BallotTally.TryDecode(row.Row, out tally, out var reason))
        {
            error = new ReceiptError("row", reason);
        }

        var reporter = new Reporter(json: false);
        if (tally is null || pool is null)
        {
            if (json)
            {
                Reporter.Json(new { valid = false, field = error.Field, reason = error.Reason });
            }
            else
            {
                reporter.Line($"PROVES NOTHING. {error.Field}: {error.Reason}");
            }

            return ExitCodes.Failed;
        }

        var count = tally.Count;
        var decision = tally.Decision.ToString().ToLowerInvariant();
        if (json)
        {
            Reporter.Json(new
            {
                valid = true,
                network = genesis.Network,
                pool = pool.Name,
                height = row.Height.Value,
                ballot = tally.Ballot.ToString(),
                kind = tally.Kind.ToString().ToLowerInvariant(),
                decision,
                yes = count.Yes,
                no = count.No,
                abstain = count.Abstain,
                total = count.Total,
                voters = count.Voters,
                electors = count.Electors,
            });
        }
        else
        {
            reporter.Line($"Holds: ballot {tally.Ballot} ({tally.Kind}) of pool {pool.Name} in network {genesis.Network} was counted in block {row.Height}.");
            reporter.Line($"  votes      yes {count.Yes}, no {count.No}, abstain {count.Abstain} of {count.Total}; {count.Voters} of {count.Electors} electors");
            reporter.Line($"  decision   {decision}, as rule and votes give it");
        }

        return ExitCodes.Success;
    }
}
