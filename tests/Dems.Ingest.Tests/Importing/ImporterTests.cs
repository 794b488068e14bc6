using System.Runtime.CompilerServices;
using Dems.Contracts.Submission;
using Dems.Core;
using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Formats;
using Dems.Grains.Crypto;
using Dems.Ingest.Importing;
using Xunit;

namespace Dems.Ingest.Tests.Importing;

public sealed class ImporterTests : IDisposable
{
    private static readonly ChainId Chain = new(Hash32.Of("a chain"u8));

    private readonly string _folder = Directory.CreateTempSubdirectory("dems-import-").FullName;
    private readonly Es256Signer _gateway = Es256Signer.Create();
    private readonly Es256Verifier _verifier = new();
    private readonly FakeMember _member;

    public ImporterTests() => _member = new FakeMember(_verifier);

    [Fact]
    public async Task Import_ManyNodes_DeliversEveryReadingOnceUnderDistinctSequences()
    {
        var source = new RowSource("a", Rows(nodes: 7, hours: 250));
        var summary = await ImportAsync(source, new ImportOptions { BatchSize = 96 });

        Assert.Equal(new ImportSummary(7 * 250, 0, 7 * 3, 7 * 3, 0), summary);
        Assert.Equal(Expected(source), Readings());
        Assert.Equal(Enumerable.Range(0, 21).Select(i => (long)i), _member.Held.Keys.Select(k => k.Sequence).Order());
    }

    [Fact]
    public async Task Import_Twice_SendsNothingAgain()
    {
        var source = new RowSource("a", Rows(nodes: 3, hours: 100));
        await ImportAsync(source);
        var calls = _member.Calls;
        var second = await ImportAsync(source);

        Assert.Equal(calls, _member.Calls);
        Assert.Equal(0, second.Delivered);
        Assert.Equal(second.Batches, second.Repeated);
        Assert.Equal(Expected(source), Readings());
    }

    [Fact]
    public async Task Import_InterruptedAtAnyCall_ResumesWithRetransmissionsOnly()
    {
        var source = new RowSource("a", Rows(nodes: 3, hours: 100));
        var options = new ImportOptions { BatchSize = 10, GroupSize = 4, MaxInFlight = 1 };
        foreach (var failAt in new[] { 1, 2, 1, 3, 2, 1 })
        {
            // The second call fails after the member stored and before it answered, the others before it stored.
            var calls = 0;
            _member.Before = entries =>
            {
                if (++calls == failAt)
                {
                    foreach (var entry in failAt % 2 == 0 ? entries : [])
                    {
                        _member.Held.TryAdd((entry.Signer, entry.Sequence), entry);
                    }

                    throw new IOException("the line broke");
                }
            };
            await Assert.ThrowsAsync<IOException>(() => ImportAsync(source, options));
        }

        _member.Before = null;
        var summary = await ImportAsync(source, options);
        Assert.Equal(30, summary.Delivered + summary.Repeated);
        Assert.Equal(30, _member.Held.Count);
        Assert.Equal(Expected(source), Readings());
    }

    [Fact]
    public async Task Import_MemberBusyForAWhile_RetriesOnlyWhatWasNotTaken()
    {
        var refusals = 0;
        _member.Answer = entry => entry.Sequence % 2 == 1 && refusals++ < 6 ? SubmitOutcome.Busy : null;
        var source = new RowSource("a", Rows(nodes: 2, hours: 96));
        var summary = await ImportAsync(source, Quick);
        Assert.Equal(2, summary.Delivered);
        Assert.Equal(Expected(source), Readings());
    }

    [Fact]
    public async Task Import_MemberBusyForEver_StopsAndSaysHowToResume()
    {
        _member.Answer = _ => SubmitOutcome.Unpromised;
        var source = new RowSource("a", Rows(nodes: 2, hours: 5));
        var stopped = await Assert.ThrowsAsync<ImportStoppedException>(() => ImportAsync(source, Quick with { MaxAttempts = 3 }));
        Assert.Contains("import again to resume", stopped.Message, StringComparison.Ordinal);
        Assert.Equal(3, _member.Calls);

        _member.Answer = null;
        Assert.Equal(2, (await ImportAsync(source)).Delivered);
    }

    [Fact]
    public async Task Import_SequenceTakenByALostJournal_MovesOnAndDeliversEverything()
    {
        var first = new RowSource("a", Rows(nodes: 2, hours: 96));
        await ImportAsync(first);
        File.Delete(JournalPath);
        var other = new RowSource("b", Rows(nodes: 2, hours: 96, start: 1_000 * 3600));
        var summary = await ImportAsync(other);
        Assert.Equal(2, summary.Delivered);
        Assert.Equal(4, _member.Held.Count);
        List<string> expected = [.. Expected(first).Concat(Expected(other)).Order(StringComparer.Ordinal)];
        Assert.Equal(expected, Readings());
    }

    [Fact]
    public async Task Import_NodeRegisteredLater_GetsItsReadingsWithoutRepeatingTheOthers()
    {
        var source = new RowSource("a", Rows(nodes: 3, hours: 100));
        var first = await ImportAsync(source, unknown: "point-1");
        Assert.Equal(100, first.Rejected);
        var report = await File.ReadAllLinesAsync(ReportPath);
        Assert.Equal(101, report.Length);
        Assert.Contains("point-1", report[1], StringComparison.Ordinal);

        var second = await ImportAsync(source);
        Assert.Equal(0, second.Rejected);
        Assert.Equal(2, second.Delivered);
        Assert.Equal(Expected(source), Readings());
    }

    [Fact]
    public async Task Import_OneReadingOutOfBounds_TakesItsNeighbours()
    {
        var rows = Rows(nodes: 1, hours: 50);
        rows[20] = Accepted(0, 20, new Reading(Register.Import, 20 * 3600, 3600, -1, Quality.Measured, 0));
        var source = new RowSource("a", rows);
        var summary = await ImportAsync(source);
        Assert.Equal(1, summary.Rejected);
        Assert.Equal(49, Readings().Count);
        Assert.Contains(",20,", (await File.ReadAllLinesAsync(ReportPath))[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_MemberRefusesABatch_ReportsItsLinesAndGoesOn()
    {
        _member.Answer = entry => entry.Sequence == 1 ? SubmitOutcome.Refused : null;
        var summary = await ImportAsync(new RowSource("a", Rows(nodes: 4, hours: 96)));
        Assert.Equal((3L, 1L), (summary.Delivered, summary.Rejected));
        Assert.Contains("told to", (await File.ReadAllLinesAsync(ReportPath))[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_RejectedAndSkippedRows_AreReportedAndTheRestIsTaken()
    {
        var rows = Rows(nodes: 1, hours: 3);
        rows.Insert(1, new ImportRow.Rejected(new RejectedRow("a", 99, "quantity", "x", "not a number", "write a number")));
        rows.Insert(2, new ImportRow.Skipped(new RejectedRow("a", 98, "", "", "reactive power", "")));
        var summary = await ImportAsync(new RowSource("a", rows));
        Assert.Equal((3L, 1L), (summary.Readings, summary.Rejected));
        Assert.Equal(3, (await File.ReadAllLinesAsync(ReportPath)).Length);
    }

    [Fact]
    public async Task Import_GroupsAndConcurrency_StayWithinTheirBounds()
    {
        await ImportAsync(new RowSource("a", Rows(nodes: 5, hours: 200)), new ImportOptions { BatchSize = 5, GroupSize = 7 });
        Assert.Equal(7, _member.MostAtOnce);
    }

    public void Dispose()
    {
        _gateway.Dispose();
        _verifier.Dispose();
    }

    private static ImportOptions Quick => new() { FirstPause = TimeSpan.FromMilliseconds(1), LongestPause = TimeSpan.FromMilliseconds(2) };

    private string JournalPath => Path.Combine(_folder, "journal");

    private string ReportPath => RejectReport.PathBeside(Path.Combine(_folder, "out"));

    private async Task<ImportSummary> ImportAsync(RowSource source, ImportOptions? options = null, string unknown = "")
    {
        using var journal = ImportJournal.Open(JournalPath, _gateway.PublicKey);
        using var report = new RejectReport(ReportPath);
        var importer = new Importer(Chain, _gateway, _member, new Resolver(unknown), journal, options ?? Quick, TimeProvider.System);
        return await importer.ImportAsync(source, report, TestContext.Current.CancellationToken);
    }

    private List<string> Readings() =>
        [.. _member.Batches.SelectMany(b => b.Expand().Select(r => $"{b.Node} {r}")).Order(StringComparer.Ordinal)];

    private static List<string> Expected(RowSource source) =>
        [.. source.Rows.OfType<ImportRow.Accepted>().Select(a => $"{Resolver.AddressOf(a.Reading.MeteringPoint)} {a.Reading.Reading}").Order(StringComparer.Ordinal)];

    private static List<ImportRow> Rows(int nodes, int hours, long start = 0) =>
    [
        .. from hour in Enumerable.Range(0, hours)
           from node in Enumerable.Range(0, nodes)
           select Accepted(node, hour, new Reading(Register.Import, start + hour * 3600L, 3600, node * 1_000 + hour, Quality.Measured, 0)),
    ];

    private static ImportRow Accepted(int node, long line, Reading reading) =>
        new ImportRow.Accepted(new ImportedReading($"point-{node}", Carrier.Electricity, reading, line));

    private sealed class RowSource(string name, List<ImportRow> rows) : IReadingSource
    {
        public string Name => name;

        public List<ImportRow> Rows => rows;

        public Task<Hash32> IdentifyAsync(CancellationToken cancellationToken) => Task.FromResult(Hash32.Of(System.Text.Encoding.UTF8.GetBytes(name)));

        public async IAsyncEnumerable<ImportRow> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            foreach (var row in rows)
            {
                await Task.Yield();
                cancellationToken.ThrowIfCancellationRequested();
                yield return row;
            }
        }
    }

    private sealed class Resolver(string unknown) : INodeResolver
    {
        public static NodeAddress AddressOf(string point) => new(Hash32.Of(System.Text.Encoding.UTF8.GetBytes(point)).ToArray().AsSpan(0, NodeAddress.Size));

        public ValueTask<NodeAddress?> ResolveAsync(MeteringPoint point, CancellationToken cancellationToken) =>
            ValueTask.FromResult(string.Equals(point.Id, unknown, StringComparison.Ordinal) ? (NodeAddress?)null : AddressOf(point.Id));
    }
}
