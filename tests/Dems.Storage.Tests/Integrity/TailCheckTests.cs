using Dems.Core.Ledger;
using Dems.Replication.Ports;
using Dems.Storage.Tests.Fixtures;
using Microsoft.Data.Sqlite;

namespace Dems.Storage.Tests.Integrity;

/// <summary>What a start relies on is checked before it; what lies further back is found behind it, and is not given out in between.</summary>
public sealed class TailCheckTests : IAsyncLifetime
{
    private const int Blocks = 8;
    private const int PerBlock = 40;
    private const int PageBytes = 8_192;

    /// <summary>Blocks from here on are executed by a start.</summary>
    private const int Snapshot = 6;

    private readonly TestChain _peer = new(seed: 11);
    private SqliteHarness _store = null!;
    private ReplicaFiles _files = null!;

    public async ValueTask InitializeAsync()
    {
        _store = await SqliteHarness.CreateAsync();
        await _store.Safety.CreateAsync(default);
        for (var i = 0; i < Blocks; i++)
        {
            var entries = _peer.NewEntries(PerBlock);
            await _store.Mempool.StoreBodiesAsync(entries, default);
            await _store.Chain.AppendAsync(_peer.Decide(entries), default);
        }

        await _store.Mempool.AdmitAsync(_peer.NewEntries(5), default);
        await _store.Snapshots.SaveAsync(new Height(Snapshot), new byte[100], default);
        _files = _store.CopyAsKilled();

        // The log is moved into the database and goes away.
        await (await ReplicaDatabase.OpenAsync(_files, TestChain.Id, default)).DisposeAsync();
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Theory]
    [InlineData("UPDATE body SET bytes = x'80' WHERE id = 241", "entry")]
    [InlineData("UPDATE block SET bytes = x'80' WHERE height = 6", "block")]
    [InlineData("UPDATE block SET certificate = x'80' WHERE height = 8", "certificate")]
    [InlineData("DELETE FROM block WHERE height = 7", "block")]
    [InlineData("UPDATE entry SET body = 3 WHERE position = 300", "entry")]
    [InlineData("DELETE FROM entry WHERE position = 319", "entry")]
    [InlineData("UPDATE tile SET bytes = zeroblob(length(bytes)) WHERE level = 0 AND position = 1", "tile")]
    [InlineData("UPDATE safety SET round = round + 1", "safety")]
    [InlineData("UPDATE store SET commits = commits + 1", "store")]
    [InlineData("UPDATE pending SET received = received + 1 WHERE body = 322", "pending")]
    [InlineData("UPDATE body SET bytes = x'80' WHERE id = 323", "entry")]
    [InlineData("DELETE FROM body WHERE id = 324", "pending")]
    public async Task Open_DamageWhereAStartReads_IsFoundBeforeAnybodyReliesOnIt(string sql, string what)
    {
        Spoil(sql);

        var opened = await ReplicaDatabase.OpenCheckedAsync(_files, TestChain.Id, default);
        await using var store = opened.Database;

        Assert.True(opened.IsWhole);
        Assert.Contains(opened.Found, damage => damage.What == what);
    }

    [Theory]
    [InlineData("received INTEGER")]
    [InlineData("first INTEGER")]
    [InlineData("body_sequence")]
    [InlineData("CREATE INDEX block_tree_size")]
    [InlineData("WITHOUT ROWID")]
    public async Task Open_WordInTheListOfTablesChanged_IsFoundAndPutRight(string word)
    {
        await ChangeAsync(word);

        var opened = await ReplicaDatabase.OpenCheckedAsync(_files, TestChain.Id, default);
        await using var store = opened.Database;

        Assert.True(opened.IsWhole);
        Assert.Contains(opened.Found, damage => damage.What is "page" or "schema version");
        Assert.Equal(5, (await store.Mempool.LoadPendingAsync(default)).Count);
        Assert.Equal(new Height(Blocks), (await store.Chain.ReadHeadAsync(default))!.Height);
    }

    [Fact]
    public async Task Open_ColumnRenamedInATableWithoutRows_IsFoundAlthoughEveryRowIsSound()
    {
        Spoil("DELETE FROM body WHERE id IN (SELECT body FROM pending); DELETE FROM pending");
        await ChangeAsync("received INTEGER");

        var opened = await ReplicaDatabase.OpenCheckedAsync(_files, TestChain.Id, default);
        await using var store = opened.Database;

        Assert.Contains(opened.Found, damage => damage.What == "page");
        Assert.Empty(await store.Mempool.LoadPendingAsync(default));
    }

    [Fact]
    public async Task Open_SnapshotOfTheHead_ChecksFromTheOneBefore()
    {
        await File.WriteAllBytesAsync(Path.Combine(_files.Snapshots, $"{Blocks:D20}.snapshot"), new byte[1]);
        Spoil("UPDATE body SET bytes = x'80' WHERE id = 241");

        await using var store = (await ReplicaDatabase.OpenCheckedAsync(_files, TestChain.Id, default)) is var opened ? opened.Database : null!;

        Assert.Equal([new Height(7)], opened.ToRepair);
    }

    [Theory]
    [InlineData("UPDATE body SET bytes = x'80' WHERE id = 90", 3, 89)]
    [InlineData("UPDATE entry SET body = 3 WHERE position = 89", 3, 89)]
    [InlineData("DELETE FROM entry WHERE position = 89", 3, 89)]
    public async Task Check_DamageFurtherBack_IsFoundBehindTheStartAndNeverGivenOut(string sql, long height, int position)
    {
        Spoil(sql);

        var opened = await ReplicaDatabase.OpenCheckedAsync(_files, TestChain.Id, default);
        await using var store = opened.Database;

        Assert.False(opened.IsWhole);
        Assert.Empty(opened.Found);
        await Assert.ThrowsAsync<DamageException>(async () => await store.Chain.ReadEntriesAsync(position, 1, default));
        var findings = await store.CheckAsync(inBackground: true, default);
        Assert.Equal([new Height(height)], findings.ToRepair);
        Assert.False(findings.NeedsRebuild);
        await RepairAsync(store, findings);
        Assert.Equal(_peer.Entries[position].Leaf, Assert.Single(await store.Chain.ReadEntriesAsync(position, 1, default)).Leaf);
    }

    [Theory]
    [InlineData("UPDATE block SET bytes = x'80' WHERE height = 2")]
    [InlineData("UPDATE block SET certificate = x'80' WHERE height = 2")]
    [InlineData("DELETE FROM block WHERE height = 2")]
    public async Task Check_BlockFurtherBack_IsFoundBehindTheStartAndNeverGivenOut(string sql)
    {
        Spoil(sql);

        var opened = await ReplicaDatabase.OpenCheckedAsync(_files, TestChain.Id, default);
        await using var store = opened.Database;

        Assert.False(opened.IsWhole);
        await Assert.ThrowsAsync<DamageException>(async () => await store.Chain.ReadBlockAsync(new Height(2), default));
        await RepairAsync(store, await store.CheckAsync(inBackground: true, default));
        Assert.Equal(_peer.Blocks[1].Hash, (await store.Chain.ReadBlockAsync(new Height(2), default))!.Hash);
    }

    [Fact]
    public async Task Check_PendingRowLost_IsPutRightAndTheReplicaMustStartAnew()
    {
        Spoil("DELETE FROM pending WHERE body = 322");
        var opened = await ReplicaDatabase.OpenCheckedAsync(_files, TestChain.Id, default);
        await using var store = opened.Database;
        Assert.Equal(4, (await store.Mempool.LoadPendingAsync(default)).Count);

        var findings = await store.CheckAsync(inBackground: true, default);

        Assert.True(findings is { NeedsRestart: true, NeedsRebuild: false, ToRepair: [] });
        Assert.Equal(5, (await store.Mempool.LoadPendingAsync(default)).Count);
    }

    [Fact]
    public async Task Check_StructureDamaged_TheFileIsReplacedUnderItsUsers()
    {
        var pristine = await File.ReadAllBytesAsync(_files.Database);
        var behind = 0;
        for (var page = 1; page < pristine.Length / PageBytes; page += 2)
        {
            var copy = new ReplicaFiles(Path.Combine(_files.Folder, $"page-{page}"), "pool");
            SqliteHarness.CopyFolder(_files.Folder, copy.Folder, recursive: false);
            SqliteHarness.CopyFolder(_files.Snapshots, copy.Snapshots);
            var bytes = pristine.ToArray();
            bytes.AsSpan(page * PageBytes, PageBytes).Clear();
            await File.WriteAllBytesAsync(copy.Database, bytes);
            var opened = await ReplicaDatabase.OpenCheckedAsync(copy, TestChain.Id, default);
            await using var store = opened.Database;
            if (opened.IsWhole)
            {
                continue;
            }

            if ((await store.CheckAsync(inBackground: false, default)).Found.Count == 0)
            {
                // It was free.
                await AssertWholeAsync(store, $"page {page}");
                continue;
            }

            var replacing = store.ReplaceFileAsync(default);
            var written = store.Mempool.AdmitAsync([_peer.NewEntry()], default);
            var findings = await replacing;
            Assert.Equal(AdmissionOutcome.Stored, Assert.Single(await written).Outcome);
            Assert.NotNull(findings.Rebuilt);
            await RepairAsync(store, findings);
            await AssertWholeAsync(store, $"page {page}");
            behind++;
        }

        Assert.InRange(behind, 3, int.MaxValue);
    }

    [Fact]
    public async Task Check_Ended_StopsInTheMiddle()
    {
        await using var store = (await ReplicaDatabase.OpenCheckedAsync(_files, TestChain.Id, default)).Database;
        using var ended = new CancellationTokenSource();

        var check = store.CheckAsync(inBackground: true, ended.Token);
        await ended.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => check);
        Assert.Empty((await store.CheckAsync(inBackground: true, default)).Found);
    }

    private async Task RepairAsync(ReplicaDatabase store, StoreFindings findings)
    {
        foreach (var height in findings.ToRepair)
        {
            await store.Chain.RepairAsync(_peer.Blocks[(int)height.Value - 1], BodiesOf(height), default);
        }

        var head = await store.Chain.ReadHeadAsync(default);
        foreach (var block in _peer.Blocks.Skip((int)(head?.Height.Value ?? 0)))
        {
            await store.Mempool.StoreBodiesAsync(BodiesOf(block.Height), default);
            await store.Chain.AppendAsync(block, default);
        }
    }

    private async Task AssertWholeAsync(ReplicaDatabase store, string what)
    {
        var damages = await store.Chain.ScanAsync(default);
        Assert.True(damages.Count == 0, $"{what}: {string.Join("; ", damages)}");
        Assert.Equal(_peer.Entries.Take(Blocks * PerBlock).Select(entry => entry.Leaf), (await store.Chain.ReadEntriesAsync(0, 1_000, default)).Select(entry => entry.Leaf));
    }

    private PooledEntry[] BodiesOf(Height height) => [.. _peer.Entries.Skip(PerBlock * ((int)height.Value - 1)).Take(PerBlock)];

    private async Task ChangeAsync(string word)
    {
        var bytes = await File.ReadAllBytesAsync(_files.Database, TestContext.Current.CancellationToken);
        var at = bytes.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(word));
        Assert.True(at > 0, $"'{word}' is nowhere in the file");
        bytes[at + 2] ^= 1;
        await File.WriteAllBytesAsync(_files.Database, bytes, TestContext.Current.CancellationToken);
    }

    private void Spoil(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_files.Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are this test's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        Assert.NotEqual(0, command.ExecuteNonQuery());
    }
}
