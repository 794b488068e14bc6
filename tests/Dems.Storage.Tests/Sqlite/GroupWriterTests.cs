using System.Collections.Concurrent;
using Dems.Replication.Ports;
using Dems.Storage.Sqlite;
using Dems.Storage.Tests.Fixtures;
using Microsoft.Data.Sqlite;

namespace Dems.Storage.Tests.Sqlite;

public sealed class GroupWriterTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<string> _order = new();
    private readonly ManualResetEventSlim _open = new();
    private int _commits;
    private Action _afterCommit = () => { };
    private GroupWriter _writer = null!;

    public ValueTask InitializeAsync()
    {
        var file = SqliteFile.Open(_folder.File("test.db"), SqliteOpenMode.ReadWriteCreate, "CREATE TABLE t (name TEXT UNIQUE)");
        _writer = new GroupWriter(file, _ => { }, () =>
        {
            _commits++;
            _afterCommit();
        });
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _open.Set();
        await _writer.DisposeAsync();
        _open.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Run_UrgentBehindQueued_GoesFirst()
    {
        var running = BlockWriter();
        var tasks = new[] { InsertAsync("a"), InsertAsync("b"), InsertAsync("vote", urgent: true) };

        _open.Set();
        await Task.WhenAll([running, .. tasks]);

        Assert.Equal("blocker vote a b", string.Join(" ", _order));
        Assert.Equal(2, _commits);
    }

    [Fact]
    public async Task Exchange_WithQueuedWrites_LetsThemGoToTheNewFile()
    {
        var running = BlockWriter();
        var queued = InsertAsync("a");
        var exchange = _writer.ExchangeAsync(
            () => _order.ToArray(),
            () => SqliteFile.Open(_folder.File("new.db"), SqliteOpenMode.ReadWriteCreate, "CREATE TABLE t (name TEXT UNIQUE)"));

        _open.Set();
        await Task.WhenAll(running, queued);

        Assert.Equal(["blocker"], await exchange);
        await using var old = new SqliteConnection($"Data Source={_folder.File("new.db")};Pooling=False");
        await old.OpenAsync();
        await using var count = old.CreateCommand();
        count.CommandText = "SELECT group_concat(name) FROM t";
        Assert.Equal("a", await count.ExecuteScalarAsync());
    }

    [Fact]
    public async Task Exchange_ThatFails_LetsNobodyWrite()
    {
        await Assert.ThrowsAsync<StorageException>(() => _writer.ExchangeAsync<bool>(() => throw new StorageException("no room"), () => throw new InvalidOperationException()));

        var refused = await Assert.ThrowsAsync<StorageException>(() => InsertAsync("a"));
        Assert.Contains("no room", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OneOfAGroupFails_UndoesThatOneOnly()
    {
        var running = BlockWriter();
        var kept = InsertAsync("a");
        var failed = _writer.RunAsync<bool>(
            file =>
            {
                Insert(file, "undone");
                throw new InvalidOperationException("refused");
            },
            0, urgent: false, default);
        var last = InsertAsync("b");
        _open.Set();

        await Task.WhenAll(running, kept, last);
        Assert.Equal("refused", (await Assert.ThrowsAsync<InvalidOperationException>(() => failed)).Message);
        Assert.Equal("a b blocker", await _writer.RunAsync(Names, 0, urgent: false, default));
    }

    [Fact]
    public async Task Run_AfterCommitFails_KeepsTheCommitAndRefusesTheNext()
    {
        _afterCommit = () => throw new IOException("no mark");

        Assert.True(await InsertAsync("a"));

        var error = await Assert.ThrowsAsync<StorageException>(() => InsertAsync("b"));
        Assert.Contains("no mark", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_GroupAboveItsBytes_IsSplitIntoCommits()
    {
        var running = BlockWriter();
        var tasks = Enumerable.Range(0, 6).Select(i => InsertAsync($"big {i}", bytes: GroupWriter.MaxGroupBytes / 2)).ToList();
        _open.Set();

        await Task.WhenAll([running, .. tasks]);

        // The blocker alone, then two at a time.
        Assert.Equal(4, _commits);
    }

    [Fact]
    public async Task Run_CancelledWhileWaitingForRoom_NeverRuns()
    {
        var running = BlockWriter();
        var queued = Enumerable.Range(0, GroupWriter.MaxQueued - 1).Select(i => InsertAsync($"{i}")).ToList();
        using var cancel = new CancellationTokenSource();
        var waiting = _writer.RunAsync(file => Insert(file, "late"), 0, urgent: true, cancel.Token);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        _open.Set();
        await Task.WhenAll([running, .. queued]);
        Assert.DoesNotContain("late", string.Join(" ", _order), StringComparison.Ordinal);
    }

    // Holds the writer inside a group of its own until the test opens it.
    private Task<bool> BlockWriter()
    {
        var inside = new ManualResetEventSlim();
        var task = _writer.RunAsync(
            file =>
            {
                inside.Set();
                _open.Wait();
                return Insert(file, "blocker");
            },
            0, urgent: false, default);
        inside.Wait();
        return task;
    }

    private Task<bool> InsertAsync(string name, bool urgent = false, long bytes = 0) => _writer.RunAsync(file => Insert(file, name), bytes, urgent, default);

    private bool Insert(SqliteFile file, string name)
    {
        _order.Enqueue(name);
        using var insert = file.Query("INSERT INTO t (name) VALUES (CAST(?1 AS TEXT))");
        insert.Bind(1, System.Text.Encoding.UTF8.GetBytes(name)).Run();
        return true;
    }

    private static string Names(SqliteFile file)
    {
        using var select = file.Query("SELECT group_concat(name, ' ') FROM (SELECT name FROM t ORDER BY name)");
        return select.Step() ? select.Text(0) : "";
    }
}
