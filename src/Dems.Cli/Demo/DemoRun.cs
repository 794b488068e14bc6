using Dems.Cli.Client;
using Dems.Cli.Network;
using Dems.Cli.Offline;
using Dems.Cli.Output;
using Dems.Cli.Simulator;
using Dems.Contracts.Grains;
using Dems.Contracts.Queries;
using Dems.Contracts.Submission;
using Dems.Core.Allocation;
using Dems.Core.Governance;
using Dems.Core.Ledger;
using Dems.Formats;
using Dems.Formats.CityLearn;
using Dems.Ingest.Importing;
using Microsoft.Extensions.DependencyInjection;

namespace Dems.Cli.Demo;

/// <summary>The demo: a network in this process agrees on the readings of files or of a simulated village.</summary>
internal sealed class DemoRun(DemoOptions options, Reporter reporter, TimeProvider time)
{
    private const string Pool = "community";

    /// <summary>A network that makes no progress for so long has failed.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var directory = Path.GetFullPath(options.Data ?? Directory.CreateTempSubdirectory("dems-demo-").FullName);
        using var report = new RejectReport(RejectReport.PathBeside(directory));
        var sources = SourcesOf(report);
        var survey = await PointSurvey.OfAsync(sources, cancellationToken);
        await PrepareAsync(directory, survey, cancellationToken);
        var started = time.GetTimestamp();
        await using var network = await LocalNetwork.StartAsync(directory, options.Members, options.Once ? null : options.Port, quiet: true, cancellationToken);
        reporter.Line($"{options.Members} members are up after {time.GetElapsedTime(started).TotalSeconds:F1} s; data below {directory}");
        if (!options.Once)
        {
            reporter.Line($"HTTP: {string.Join(", ", Enumerable.Range(options.Port, options.Members).Select(p => $"http://127.0.0.1:{p}"))}");
        }

        var summary = await ImportAsync(network, directory, sources, survey, report, withBallot: true, cancellationToken);
        reporter.Summary(summary);
        if (!options.Once)
        {
            reporter.Line("Serving. Ctrl+C stops.");
            await Task.WhenAny(network.Members.Select(member => member.WaitForShutdownAsync(cancellationToken)));
        }

        return !summary.IsGood ? ExitCodes.Failed : summary.RowsRejected > 0 ? ExitCodes.SomeRejected : ExitCodes.Success;
    }

    /// <summary>Founds the network or takes it up, lets it agree on the readings and stops it.</summary>
    public async Task<DemoSummary> PlayAsync(string directory, CancellationToken cancellationToken)
    {
        using var report = new RejectReport(RejectReport.PathBeside(directory));
        var sources = SourcesOf(report);
        var survey = await PointSurvey.OfAsync(sources, cancellationToken);
        await PrepareAsync(directory, survey, cancellationToken);
        await using var network = await LocalNetwork.StartAsync(directory, options.Members, firstPort: null, quiet: true, cancellationToken);
        return await ImportAsync(network, directory, sources, survey, report, withBallot: false, cancellationToken);
    }

    private bool HasPolicy => options.Rule is not null || options.Preset is not null || options.Basis is not null;

    // Where a policy may count at the grid connection, files that know only load and generation give its readings, too.
    private ImportContext Template => new("") { CityLearn = new CityLearnOptions { DeriveGridExchange = HasPolicy && options.Basis != AllocationBasis.Gross } };

    private List<IReadingSource> SourcesOf(RejectReport report) =>
        options.Readings.Count == 0 ? [new VillageSource(options.Homes, options.Days, options.Seed)] : ReadingSources.Open(options.Readings, report, Template);

    private async Task PrepareAsync(string directory, PointSurvey survey, CancellationToken cancellationToken)
    {
        var existing = NetworkFolder.CountMembers(directory);
        if (existing == 0)
        {
            await NetworkFolder.CreateAsync(directory, "demo", options.Members, [VotingAtOnce(TermsOf(survey, directory))], time, cancellationToken);
        }
        else if (existing != options.Members)
        {
            throw new CommandException(ExitCodes.Usage, $"{directory} holds a network of {existing} members, not of {options.Members}. Choose another --data or --members {existing}.");
        }
    }

    // A rule's tables name nodes, whose keys must therefore be there before the network is.
    private PoolTerms TermsOf(PointSurvey survey, string directory)
    {
        if (!HasPolicy)
        {
            return survey.Terms;
        }

        var nodes = new KeyRing(LocalRegistrar.KeysBelow(directory)).AddressesOf(survey.Points);
        var terms = survey.Terms with { Policy = OfflineRules.Choose(options.Rule, options.Preset, options.Basis, nodes) };
        return terms.Refusal() is { } refusal ? throw new CommandException(ExitCodes.Usage, refusal) : terms;
    }

    private async Task<DemoSummary> ImportAsync(
        LocalNetwork network,
        string directory,
        IReadOnlyList<IReadingSource> sources,
        PointSurvey survey,
        RejectReport report,
        bool withBallot,
        CancellationToken cancellationToken)
    {
        using var registrar = LocalRegistrar.Create(network.Members[0], Pool, directory, time);
        await registrar.RegisterAsync(survey.Points, survey.Producers, cancellationToken);
        reporter.Line($"{registrar.Count} nodes are registered and delegated to the gateway");

        var meter = new FinalityMeter(time);
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watch = new HeadWatch(network.Members[0], Pool).RunAsync(meter.Final, watching.Token);
        var clock = time.GetTimestamp();
        var imported = new ImportSummary();
        using (var journal = ImportJournal.Open(Path.Combine(directory, "import.journal"), registrar.Gateway.PublicKey))
        using (reporter.Follow(() => $"{meter.SubmittedReadings} readings promised, {meter.FinalReadings} final"))
        {
            var imports = sources.Select((source, i) =>
            {
                var submitter = network.Members[i % network.Members.Count].Services.GetRequiredService<IEntrySubmitter>();
                var chain = network.Members[0].Options.Genesis.ChainOf(Pool);
                var importOptions = new ImportOptions { BatchSize = options.BatchSize };
                var importer = new Importer(chain, registrar.Gateway, submitter, registrar, journal, importOptions, time) { Submitted = meter.Submitted };
                return importer.ImportAsync(source, report, cancellationToken);
            });
            foreach (var part in await Task.WhenAll(imports))
            {
                imported += part;
            }

            await SettleAsync(network, meter, cancellationToken);
        }

        var seconds = time.GetElapsedTime(clock).TotalSeconds;
        await watching.CancelAsync();
        await watch;
        if (report.Rejected + report.Skipped > 0)
        {
            reporter.Line($"{report.Rejected} rows refused and {report.Skipped} skipped; see {report.FilePath}");
        }

        DemoBallotSummary? ballot = null;
        if (withBallot)
        {
            ballot = await new DemoBallot(network.Members[0], Pool, new KeyRing(LocalRegistrar.KeysBelow(directory)), time).HoldAsync(survey.Points, cancellationToken);
            await SettleAsync(network, meter, cancellationToken);
        }

        var summary = await SummaryAsync(network, directory, imported, report.Rejected, registrar.Count, seconds, meter, cancellationToken);
        return summary with { Ballot = ballot };
    }

    /// <summary>A pool whose ballots open without notice: nobody wants to wait for the end of a demo.</summary>
    private static GenesisPool VotingAtOnce(PoolTerms terms) =>
        NetworkFolder.CommunityPool(Pool, terms) with { Governance = new GovernanceRules { MinNoticeSeconds = 0 } };

    /// <summary>Waits until every batch is final at the first member, nothing is pending anywhere and all members stand at one height whose outcome is certified.</summary>
    private async Task SettleAsync(LocalNetwork network, FinalityMeter meter, CancellationToken cancellationToken)
    {
        var best = -1L;
        var progress = time.GetTimestamp();
        while (true)
        {
            var standings = network.Members.Select(member => StandingOf(member)).ToList();
            if (meter.OpenBatches == 0
                && standings.TrueForAll(s => s is { Running: true, Pending: 0, Round: -1 } && s.Height == standings[0].Height)
                && network.Members.All(IsCertified))
            {
                return;
            }

            var sum = standings.Sum(s => s.Height);
            if (sum > best)
            {
                (best, progress) = (sum, time.GetTimestamp());
            }
            else if (time.GetElapsedTime(progress) > Patience)
            {
                var list = string.Join("; ", standings.Select((s, i) => $"{i}: height {s.Height}, {s.Pending} pending, round {s.Round} {s.Problem}"));
                throw new CommandException(ExitCodes.Unavailable, $"The network made no progress for {Patience.TotalSeconds} seconds: {list}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), time, cancellationToken);
        }
    }

    /// <summary>Whether the newest results and state stand in a certified header, so that no further block is due.</summary>
    private static bool IsCertified(MemberApp member) => member.Sites.OfPool(Pool)!.Replica is { Standing.Tip.Roots.Changed: false };

    private static ChainStatus StandingOf(MemberApp member) => member.Sites.OfPool(Pool)!.Status(member.Options.Genesis);

    private async Task<DemoSummary> SummaryAsync(
        LocalNetwork network, string directory, ImportSummary imported, long rejected, int nodes, double seconds, FinalityMeter meter, CancellationToken cancellationToken)
    {
        var standings = network.Members.Select(member => StandingOf(member)).ToList();
        var final = long.MaxValue;
        foreach (var member in network.Members)
        {
            final = Math.Min(final, await FinalReadings.CountAsync(member.Sites.OfPool(Pool)!, standings[0].Height, time, cancellationToken));
        }

        var balance = (await network.Members[0].Services.GetRequiredService<ILedgerQueries>().BalanceAsync(Pool, cancellationToken))!;
        return new DemoSummary
        {
            Members = network.Members.Count,
            Nodes = nodes,
            ReadingsSubmitted = imported.Readings,
            ReadingsFinal = final,
            RowsRejected = rejected,
            Batches = imported.Batches,
            Entries = standings[0].TreeSize,
            Blocks = standings[0].Height,
            Height = standings[0].Height,
            Head = standings[0].Head,
            StateRoot = standings[0].StateRoot,
            HeadsAgree = standings.TrueForAll(s => s.Height == standings[0].Height && s.Head == standings[0].Head && s.StateRoot == standings[0].StateRoot),
            Seconds = Math.Round(seconds, 3),
            ReadingsPerSecond = Math.Round(imported.Readings / seconds),
            FinalityMsP50 = meter.Percentile(50),
            FinalityMsP99 = meter.Percentile(99),
            AllocatedWh = balance.Allocated,
            ExportedWh = balance.Exported,
            GridWh = balance.Grid,
            Intervals = balance.Intervals,
            Conserved = balance.IsConserved,
            Data = directory,
        };
    }
}
