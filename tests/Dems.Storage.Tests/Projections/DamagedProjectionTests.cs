using Dems.Core;
using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Entries;
using Dems.Core.Ledger.Execution;
using Dems.Replication.Ports;
using Dems.Storage.Projections;
using Dems.Storage.Tests.Fixtures;
using Microsoft.Data.Sqlite;

namespace Dems.Storage.Tests.Projections;

/// <summary>Damaged query tables give out nothing: they are empty again after the next opening, or refuse until they are cleared.</summary>
public sealed class DamagedProjectionTests : IDisposable
{
    private const int Quarter = 900;
    private const int Nodes = 6;

    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("readings.db");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("UPDATE page SET readings = zeroblob(length(readings)) WHERE node = 2", "readings")]
    [InlineData("UPDATE page SET register = 2 WHERE node = 2", "readings")]
    [InlineData("UPDATE node SET last_end = last_end + 1 WHERE id = 2", "node")]
    [InlineData("UPDATE result SET seed = zeroblob(32) WHERE height = 1", "results")]
    [InlineData("UPDATE applied SET height = 1", "applied height")]
    [InlineData("DELETE FROM page WHERE node = 2", "node")]
    [InlineData("DELETE FROM node WHERE id = 3", "readings")]
    [InlineData("DELETE FROM result WHERE height = 2", "results")]
    public async Task Open_RowsChanged_NamesTheDamageAndStartsFromGenesis(string change, string what)
    {
        await FillAsync();
        Execute(change);

        await using var projection = await ReadingProjection.OpenAsync(Path, default);

        Assert.Equal(what, (await projection.Checked)!.What);
        Assert.Equal(Height.Genesis, await projection.ReadHeightAsync(default));
        Assert.Empty(await projection.ListNodesAsync(default, 10, default));
    }

    [Fact]
    public async Task Read_RowDamagedWhileOpen_GivesNothingOutUntilCleared()
    {
        await FillAsync();
        await using var projection = await ReadingProjection.OpenAsync(Path, default);
        Assert.Null(await projection.Checked);
        Execute("UPDATE page SET readings = zeroblob(length(readings))");

        var damage = (await Assert.ThrowsAsync<DamageException>(async () => await projection.QueryAsync(All(1), default))).Damage;

        Assert.Equal("readings", damage.What);
        Assert.Equal(damage, await projection.Damaged.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<DamageException>(async () => await projection.ListNodesAsync(default, 10, default));
        await Assert.ThrowsAsync<DamageException>(() => projection.ApplyAsync(new Height(3), [], [], default));
        await projection.ClearAsync(default);
        Assert.False(projection.Damaged.IsCompleted);
        Assert.Equal(Height.Genesis, await projection.ReadHeightAsync(default));
        await FillAsync(projection);
        Assert.Equal(80, (await projection.QueryAsync(All(1), default)).Readings.Count);
    }

    [Fact]
    public async Task Open_ByteFlipped_ReadsAsBeforeOrStartsFromGenesis()
    {
        await FillAsync();
        var original = await File.ReadAllBytesAsync(Path, TestContext.Current.CancellationToken);
        var expected = await ListAsync();
        var random = new Random(3);
        var found = 0;
        for (var i = 0; i < TestScale.Times(40); i++)
        {
            var flipped = (byte[])original.Clone();
            var offset = random.Next(flipped.Length);
            flipped[offset] ^= (byte)random.Next(1, 256);
            File.Delete(Path + "-wal");
            await File.WriteAllBytesAsync(Path, flipped, TestContext.Current.CancellationToken);

            var lines = await ListAsync();

            var isAsBefore = expected.SequenceEqual(lines, StringComparer.Ordinal);
            Assert.True(isAsBefore || lines is ["height 0"], $"byte {offset} of {flipped.Length}: {string.Join("; ", lines.Take(3))}");
            found += isAsBefore ? 0 : 1;
        }

        Assert.True(found > 0, "no flip hit anything: the test proves nothing");
    }

    private async Task<List<string>> ListAsync()
    {
        await using var projection = await ReadingProjection.OpenAsync(Path, default);
        var lines = new List<string> { $"height {await projection.ReadHeightAsync(default)}" };
        foreach (var node in await projection.ListNodesAsync(default, 100, default))
        {
            lines.Add(node.ToString());
            var query = new ReadingQuery(node.Address, null, 0, Reading.MaxStart, AllRevisions: true, After: null, Limit: 1_000);
            lines.AddRange((await projection.QueryAsync(query, default)).Readings.Select(reading => reading.ToString()));
        }

        for (var height = 1; height <= 2; height++)
        {
            if (await projection.ReadResultsAsync(new Height(height), default) is { } results)
            {
                lines.Add($"results {height} {results.FirstIndex} {results.Results.Tree.Root}");
            }
        }

        return lines;
    }

    private async Task FillAsync()
    {
        await using var projection = await ReadingProjection.OpenAsync(Path, default);
        await FillAsync(projection);
    }

    private static async Task FillAsync(ReadingProjection projection)
    {
        for (var height = 1; height <= 2; height++)
        {
            var first = (height - 1) * 40;
            var rows = from node in Enumerable.Range(1, Nodes)
                       from i in Enumerable.Range(first, 40)
                       select new ProjectedReading(Node(node), new Reading(Register.Import, (long)i * Quarter, Quarter, i, Quality.Measured, 0), i);
            await projection.ApplyAsync(new Height(height), [.. rows], [ResultsOf(height, first)], default);
        }
    }

    private static NodeAddress Node(int number) => new(Hash32.Of([(byte)number]).ToArray().AsSpan(0, NodeAddress.Size));

    private static ProjectedResults ResultsOf(long height, long first)
    {
        var row = new EntryResult(first, default, default, EntryKind.Batch, EntryOutcome.Applied, -1, Node(1), default, 3, SigningRole.Node).Encode();
        return new ProjectedResults(new Height(height), first, new BlockResults(Hash32.Of([1]), [row]));
    }

    private static ReadingQuery All(int node) => new(Node(node), null, 0, Reading.MaxStart, AllRevisions: false, After: null, Limit: 1_000);

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.NotEqual(0, command.ExecuteNonQuery());
    }
}
