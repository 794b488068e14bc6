using Dems.Core;
using Dems.Core.Ledger;
using Dems.Replication.Ports;
using Dems.Storage.Sqlite;
using Dems.Storage.Tests.Fixtures;
using Microsoft.Data.Sqlite;

namespace Dems.Storage.Tests;

public sealed class ReplicaDatabaseTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private ReplicaFiles Files => new(_folder.Path, "pool");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_MissingFile_IsRefusedAndCreatesNothing()
    {
        var error = await Assert.ThrowsAsync<StorageException>(() => ReplicaDatabase.OpenAsync(Files, TestChain.Id, default));

        Assert.Contains("missing", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task OpenChecked_MissingFile_IsRefusedToo()
    {
        await Assert.ThrowsAsync<StorageException>(() => ReplicaDatabase.OpenCheckedAsync(Files, TestChain.Id, default));

        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task Create_ExistingFile_IsRefusedAndKeepsIt()
    {
        await ReplicaDatabase.CreateAsync(Files, TestChain.Id, default);
        var before = await File.ReadAllBytesAsync(Files.Database);

        await Assert.ThrowsAsync<StorageException>(() => ReplicaDatabase.CreateAsync(Files, TestChain.Id, default));

        Assert.Equal(before, await File.ReadAllBytesAsync(Files.Database));
    }

    [Fact]
    public async Task Create_Alone_MakesNoSafetyRow()
    {
        await ReplicaDatabase.CreateAsync(Files, TestChain.Id, default);
        await using var store = await ReplicaDatabase.OpenAsync(Files, TestChain.Id, default);

        Assert.Null(await store.Safety.TakeOverAsync(default));
    }

    [Fact]
    public async Task Open_FileOfAnotherChain_IsRefused()
    {
        await ReplicaDatabase.CreateAsync(Files, TestChain.Id, default);
        var other = new ChainId(Hash32.Of("another chain"u8));

        var error = await Assert.ThrowsAsync<StorageException>(() => ReplicaDatabase.OpenAsync(Files, other, default));

        Assert.Contains(other.ToString(), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_NewerSchema_IsRefusedBeforeAnythingChanges()
    {
        await ReplicaDatabase.CreateAsync(Files, TestChain.Id, default);
        var newer = Schema.Newest + 1;
        Execute($"UPDATE schema_version SET version = {newer}, digest = {Schema.DigestOfVersion(newer)}");

        var error = await Assert.ThrowsAsync<StorageException>(() => ReplicaDatabase.OpenAsync(Files, TestChain.Id, default));

        Assert.Contains($"version {newer}", error.Message, StringComparison.Ordinal);
        Assert.IsNotType<DamageException>(error);
    }

    [Fact]
    public async Task Open_LogDeleted_ReportsTheLostCommits()
    {
        await using var harness = await SqliteHarness.CreateAsync();
        await harness.Mempool.AdmitAsync([new TestChain().NewEntry()], default);
        var copy = harness.CopyAsKilled();
        File.Delete($"{copy.Database}-wal");

        var opened = await ReplicaDatabase.OpenCheckedAsync(copy, TestChain.Id, default);
        await using var store = opened.Database;

        Assert.Contains(opened.Found, damage => damage.What == "wal");
        Assert.Empty(await store.Mempool.LoadPendingAsync(default));
    }

    [Fact]
    public async Task Dispose_WithQueuedWrites_CommitsThemFirst()
    {
        await ReplicaDatabase.CreateAsync(Files, TestChain.Id, default);
        var store = await ReplicaDatabase.OpenAsync(Files, TestChain.Id, default);
        var entries = new TestChain().NewEntries(50);
        var writes = entries.Select(entry => store.Mempool.AdmitAsync([entry], default)).ToList();

        await store.DisposeAsync();

        await Task.WhenAll(writes);
        await Assert.ThrowsAsync<StorageException>(() => store.Mempool.AdmitAsync(entries, default));
        await using var again = await ReplicaDatabase.OpenAsync(Files, TestChain.Id, default);
        Assert.Equal(entries.Length, (await again.Mempool.LoadPendingAsync(default)).Count);
    }

    [Fact]
    public async Task Commit_ManyCallersAtOnce_ShareFewCommits()
    {
        await using var harness = await SqliteHarness.CreateAsync();
        var entries = new TestChain().NewEntries(400);

        await Task.WhenAll(entries.Select(entry => harness.Mempool.AdmitAsync([entry], default)));

        // One commit per caller would be 400.
        Assert.InRange(harness.Database.Commits, 1, 100);
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Files.Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are this test's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
