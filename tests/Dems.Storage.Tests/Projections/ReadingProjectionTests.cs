using Dems.Core;
using Dems.Core.Energy;
using Dems.Core.Energy.Plausibility;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Entries;
using Dems.Core.Ledger.Execution;
using Dems.Replication.Ports;
using Dems.Storage.Projections;
using Dems.Storage.Tests.Fixtures;

namespace Dems.Storage.Tests.Projections;

public sealed class ReadingProjectionTests : IAsyncLifetime
{
    private const int Quarter = 900;

    private readonly TemporaryFolder _folder = new();
    private ReadingProjection _projection = null!;

    public async ValueTask InitializeAsync() => _projection = await ReadingProjection.OpenAsync(_folder.File("readings.db"), default);

    public async ValueTask DisposeAsync()
    {
        await _projection.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Apply_SameHeightAgain_ChangesNothing()
    {
        await _projection.ApplyAsync(new Height(3), [Row(1, 0, 10)], [], default);
        await _projection.ApplyAsync(new Height(3), [Row(1, Quarter, 11)], [], default);
        await _projection.ApplyAsync(new Height(2), [Row(1, 2 * Quarter, 12)], [], default);

        Assert.Equal(new Height(3), await _projection.ReadHeightAsync(default));
        Assert.Equal([10L], await QuantitiesAsync(All(1)));
    }

    [Fact]
    public async Task Apply_SameRevisionTwice_KeepsTheFirst()
    {
        await _projection.ApplyAsync(new Height(1), [Row(1, 0, 10, entry: 5), Row(1, 0, 99, entry: 6)], [], default);

        var row = Assert.Single((await _projection.QueryAsync(All(1), default)).Readings);
        Assert.Equal((10L, 5L), (row.Reading.Quantity, row.EntryIndex));
        Assert.Equal(1, Assert.Single(await _projection.ListNodesAsync(default, 10, default)).Readings);
    }

    [Fact]
    public async Task Query_Corrected_GivesLatestRevisionOrAll()
    {
        await _projection.ApplyAsync(new Height(1), [Row(1, 0, 10), Row(1, Quarter, 20)], [], default);
        await _projection.ApplyAsync(new Height(2), [Row(1, 0, 11, revision: 2), Row(1, 0, 12, revision: 1)], [], default);

        Assert.Equal([11L, 20L], await QuantitiesAsync(All(1)));
        Assert.Equal([10L, 12L, 11L, 20L], await QuantitiesAsync(All(1) with { AllRevisions = true }));
    }

    [Fact]
    public async Task Query_ByRegisterAndTime_GivesOnlyThese()
    {
        var rows = Enumerable.Range(0, 8).SelectMany(i => new[]
        {
            Row(1, i * Quarter, i),
            Row(1, i * Quarter, 100 + i, register: Register.Export),
            Row(2, i * Quarter, 200 + i),
        });
        await _projection.ApplyAsync(new Height(1), [.. rows], [], default);

        Assert.Equal(
            [102L, 103L, 104L],
            await QuantitiesAsync(All(1) with { Register = Register.Export, From = 2 * Quarter, Until = 5 * Quarter }));
        Assert.Empty(await QuantitiesAsync(All(3)));
    }

    [Fact]
    public async Task Query_ByPlausibility_GivesMarkedOrUnmarkedReadingsWithTheirMarks()
    {
        var marked = Row(1, Quarter, 20) with { Marks = Implausibility.Jump | Implausibility.Future };
        await _projection.ApplyAsync(new Height(1), [Row(1, 0, 10), marked, Row(1, 2 * Quarter, 30)], [], default);

        Assert.Equal(marked, Assert.Single((await _projection.QueryAsync(All(1) with { Implausible = true }, default)).Readings));
        Assert.Equal([10L, 30L], await QuantitiesAsync(All(1) with { Implausible = false }));
        Assert.Equal([10L, 20L, 30L], await QuantitiesAsync(All(1)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Query_PageByPage_GivesEveryRowOnceInOrder(bool allRevisions)
    {
        var rows = (from start in Enumerable.Range(0, 40)
                    from register in new[] { Register.Import, Register.Export }
                    from revision in Enumerable.Range(0, 1 + start % 3)
                    select Row(1, start * Quarter, 1000 * start + revision, register, revision)).ToList();
        await _projection.ApplyAsync(new Height(1), [.. rows.AsEnumerable().Reverse()], [], default);
        var expected = rows
            .Where(row => allRevisions || row.Reading.Revision == row.Reading.Start / Quarter % 3)
            .OrderBy(row => row.Reading.Start).ThenBy(row => row.Reading.Register).ThenBy(row => row.Reading.Revision);

        var found = new List<ProjectedReading>();
        ReadingCursor? cursor = null;
        do
        {
            var page = await _projection.QueryAsync(All(1) with { AllRevisions = allRevisions, Limit = 7, After = cursor }, default);
            found.AddRange(page.Readings);
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(expected, found);
    }

    [Fact]
    public async Task ListNodes_AfterAddress_GivesTotalsInOrder()
    {
        await _projection.ApplyAsync(new Height(1), [Row(1, Quarter, 1), Row(2, 0, 1)], [], default);
        await _projection.ApplyAsync(new Height(2), [Row(1, 0, 1), Row(1, 5 * Quarter, 1), Row(3, 0, 1)], [], default);

        var nodes = await _projection.ListNodesAsync(default, 10, default);
        Assert.Equal(new[] { Node(1), Node(2), Node(3) }.Order(), nodes.Select(node => node.Address));
        Assert.Equal(new ProjectedNode(Node(1), 3, 0, 6 * Quarter), nodes.Single(node => node.Address == Node(1)));
        Assert.Equal(nodes.Skip(1), await _projection.ListNodesAsync(nodes[0].Address, 10, default));
        Assert.Equal(nodes.Take(2), await _projection.ListNodesAsync(default, 2, default));
    }

    [Fact]
    public async Task Open_FileDeleted_StartsFromGenesis()
    {
        await _projection.ApplyAsync(new Height(4), [Row(1, 0, 1)], [], default);
        await _projection.DisposeAsync();
        File.Delete(_folder.File("readings.db"));

        _projection = await ReadingProjection.OpenAsync(_folder.File("readings.db"), default);

        Assert.Equal(Height.Genesis, await _projection.ReadHeightAsync(default));
        Assert.Empty(await _projection.ListNodesAsync(default, 10, default));
    }

    [Fact]
    public async Task Open_FileIsNoDatabase_StartsFromGenesis()
    {
        await _projection.DisposeAsync();
        await File.WriteAllTextAsync(_folder.File("readings.db"), new string('x', 10_000));

        _projection = await ReadingProjection.OpenAsync(_folder.File("readings.db"), default);

        Assert.Equal(Height.Genesis, await _projection.ReadHeightAsync(default));
    }

    [Fact]
    public async Task Open_Again_KeepsWhatWasApplied()
    {
        await _projection.ApplyAsync(new Height(4), [Row(1, 0, 7)], [], default);
        await _projection.DisposeAsync();

        _projection = await ReadingProjection.OpenAsync(_folder.File("readings.db"), default);

        Assert.Equal(new Height(4), await _projection.ReadHeightAsync(default));
        Assert.Equal([7L], await QuantitiesAsync(All(1)));
    }

    [Fact]
    public async Task ReadResults_OfABlock_GivesWhatWasAppliedFirst()
    {
        var results = ResultsOf(1, firstIndex: 7, EntryOutcome.Applied, EntryOutcome.RefusedRevision);
        await _projection.ApplyAsync(new Height(1), [], [results], default);
        await _projection.ApplyAsync(new Height(1), [], [ResultsOf(1, firstIndex: 7, EntryOutcome.Duplicate)], default);

        var found = await _projection.ReadResultsAsync(new Height(1), default);

        Assert.Equal(results.Results.Tree.Root, found!.Results.Tree.Root);
        Assert.Equal((EntryOutcome.Applied, EntryOutcome.RefusedRevision), (found.RowOf(7).Outcome, found.RowOf(8).Outcome));
        Assert.Throws<StorageException>(() => found.RowOf(9));
        Assert.Null(await _projection.ReadResultsAsync(new Height(2), default));
    }

    [Fact]
    public async Task Clear_Filled_ForgetsEverything()
    {
        await _projection.ApplyAsync(new Height(4), [Row(1, 0, 7)], [ResultsOf(4, 0, EntryOutcome.Applied)], default);

        await _projection.ClearAsync(default);

        Assert.Equal(Height.Genesis, await _projection.ReadHeightAsync(default));
        Assert.Null(await _projection.ReadResultsAsync(new Height(4), default));
        Assert.Empty(await QuantitiesAsync(All(1)));
    }

    private static NodeAddress Node(int number) => new(Hash32.Of([(byte)number]).ToArray().AsSpan(0, NodeAddress.Size));

    private static ProjectedReading Row(
        int node, long start, long quantity, Register register = Register.Import, int revision = 0, long entry = 0) =>
        new(Node(node), new Reading(register, start, Quarter, quantity, Quality.Measured, revision), entry);

    private static ProjectedResults ResultsOf(long height, long firstIndex, params EntryOutcome[] outcomes) => new(
        new Height(height),
        firstIndex,
        new BlockResults(
            Hash32.Of([1]),
            [.. outcomes.Select((outcome, i) => (ReadOnlyMemory<byte>)new EntryResult(
                firstIndex + i, default, default, EntryKind.Batch, outcome, -1, Node(1), default, 3, SigningRole.Node).Encode())]));

    private static ReadingQuery All(int node) => new(Node(node), null, 0, Reading.MaxStart, AllRevisions: false, After: null, Limit: 1_000);

    private async Task<IEnumerable<long>> QuantitiesAsync(ReadingQuery query) =>
        (await _projection.QueryAsync(query, default)).Readings.Select(row => row.Reading.Quantity);
}
