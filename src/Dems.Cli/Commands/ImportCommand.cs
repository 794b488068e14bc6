using System.CommandLine;
using Dems.Cli.Client;
using Dems.Cli.Output;
using Dems.Core;
using Dems.Core.Ledger;
using Dems.Formats;
using Dems.Grains.Crypto;
using Dems.Ingest.Importing;

namespace Dems.Cli.Commands;

/// <summary><c>dems import</c>.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("paths") { Description = "Files or folders with readings.", Arity = ArgumentArity.OneOrMore };
        var to = new Option<string>("--to") { Description = "HTTP address of a member.", DefaultValueFactory = _ => "http://127.0.0.1:5080" };
        var pool = new Option<string>("--pool") { Description = "Pool whose chain the readings go to.", DefaultValueFactory = _ => "community" };
        var keys = new Option<string>("--keys") { Description = "Folder with the gateway's key (gateway.pem, made if missing) and its import journal.", Required = true };
        var register = new Option<string?>("--register-with") { Description = "A member's key file: registers unknown metering points first." };
        var batch = new Option<int>("--batch") { Description = "Readings per batch, 1 to 1000.", DefaultValueFactory = _ => 96 };
        var json = new Option<bool>("--json") { Description = "One JSON object." };
        batch.Validators.Add(CommandLine.InRange(batch, 1, 1_000));
        var command = new Command("import", "Signs the readings of files and submits them. Interrupted, it resumes; repeated, it doubles nothing.")
        {
            paths, to, pool, keys, register, batch, json,
        };
        command.SetAction((result, cancellationToken) => CommandLine.GuardAsync(() => RunAsync(
            result.GetValue(paths)!,
            new Uri(result.GetValue(to)!),
            result.GetValue(pool)!,
            result.GetValue(keys)!,
            result.GetValue(register),
            new ImportOptions { BatchSize = result.GetValue(batch) },
            result.GetValue(json),
            cancellationToken)));
        return command;
    }

    private static async Task<int> RunAsync(
        string[] paths, Uri to, string pool, string keys, string? register, ImportOptions options, bool json, CancellationToken cancellationToken)
    {
        var reporter = new Reporter(json);
        using var client = new MemberClient(to, pool);
        var chain = await ChainOfAsync(client, pool, cancellationToken);
        Directory.CreateDirectory(keys);
        using var report = new RejectReport(RejectReport.PathBeside(Path.Combine(keys, "import")));
        var sources = ReadingSources.Open(paths, report);
        using var member = register is null ? null : LoadKey(register);
        using var registrar = new Registrar(chain, member, keys, client, client, TimeProvider.System);
        var survey = await PointSurvey.OfAsync(sources, cancellationToken);
        await registrar.RegisterAsync(survey.Points, survey.Producers, cancellationToken);

        var total = new ImportSummary();
        using (var journal = ImportJournal.Open(Path.Combine(keys, "import.journal"), registrar.Gateway.PublicKey))
        {
            var importer = new Importer(chain, registrar.Gateway, client, registrar, journal, options, TimeProvider.System);
            foreach (var source in sources)
            {
                var summary = await importer.ImportAsync(source, report, cancellationToken);
                total += summary;
                reporter.Line($"{source.Name}: {summary.Readings} readings, {summary.Delivered} batches delivered, {summary.Repeated} delivered before, {summary.Rejected} rows refused");
            }
        }

        if (json)
        {
            Reporter.Json(new
            {
                readings = total.Readings,
                batches = total.Batches,
                delivered = total.Delivered,
                repeated = total.Repeated,
                rows_rejected = report.Rejected,
                rows_skipped = report.Skipped,
                report = report.Rejected + report.Skipped > 0 ? report.FilePath : null,
            });
        }
        else if (report.Rejected + report.Skipped > 0)
        {
            reporter.Line($"{report.Rejected} rows refused and {report.Skipped} skipped; see {report.FilePath}");
        }

        return report.Rejected > 0 ? ExitCodes.SomeRejected : ExitCodes.Success;
    }

    private static async Task<ChainId> ChainOfAsync(MemberClient client, string pool, CancellationToken cancellationToken)
    {
        var chains = await client.ChainsAsync(cancellationToken);
        var chain = chains.FirstOrDefault(c => string.Equals(c.Pool, pool, StringComparison.Ordinal));
        return chain is not null && Hash32.TryParse(chain.Chain, out var hash)
            ? new ChainId(hash)
            : throw new CommandException(ExitCodes.Usage, $"There is no pool '{pool}' there, only {string.Join(", ", chains.Select(c => $"'{c.Pool}'"))}.");
    }

    private static Es256Signer LoadKey(string path) =>
        KeyFile.TryLoad(path, out var key, out var error) ? key : throw new CommandException(ExitCodes.Usage, error);
}
