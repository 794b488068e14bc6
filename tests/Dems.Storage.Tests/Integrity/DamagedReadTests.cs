using Dems.Core.Ledger;
using Dems.Core.Ledger.Merkle;
using Dems.Replication.Ports;
using Dems.Storage.Tests.Fixtures;
using Microsoft.Data.Sqlite;

namespace Dems.Storage.Tests.Integrity;

/// <summary>Damaged rows are never served: each read names the place, the scan finds it, and the block of a peer repairs it.</summary>
public sealed class DamagedReadTests : IAsyncLifetime
{
    private readonly TestChain _peer = new(seed: 5);
    private SqliteHarness _store = null!;

    public async ValueTask InitializeAsync()
    {
        _store = await SqliteHarness.CreateAsync();
        foreach (var count in new[] { 300, 20 })
        {
            var entries = _peer.NewEntries(count);
            await _store.Mempool.StoreBodiesAsync(entries, default);
            await _store.Chain.AppendAsync(_peer.Decide(entries), default);
        }
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task ReadEntries_BodyDamaged_NamesEntryAndBlock()
    {
        Spoil("UPDATE body SET bytes = zeroblob(length(bytes)) WHERE id = 310");

        var damage = (await Assert.ThrowsAsync<DamageException>(async () => await _store.Chain.ReadEntriesAsync(305, 10, default))).Damage;
        Assert.Equal(("entry", "entry 309", new Height(2)), (damage.What, damage.Place, damage.Height));
        await Assert.ThrowsAsync<DamageException>(async () => await _store.Chain.FindByLeafAsync(_peer.Entries[309].Leaf, default));
        await Assert.ThrowsAsync<DamageException>(async () => await _store.Mempool.ReadBodyAsync(_peer.Entries[309].Leaf, default));
        await AssertRepairsAsync(new Height(2));
    }

    [Theory]
    [InlineData("UPDATE block SET bytes = zeroblob(length(bytes)) WHERE height = 1", "block")]
    [InlineData("UPDATE block SET certificate = zeroblob(length(certificate)) WHERE height = 1", "certificate")]
    [InlineData("UPDATE block SET hash = zeroblob(32) WHERE height = 1", "block")]
    [InlineData("DELETE FROM block WHERE height = 1", "block")]
    public async Task ReadBlock_Damaged_NamesTheHeight(string sql, string what)
    {
        Spoil(sql);

        var damage = (await Assert.ThrowsAsync<DamageException>(async () => await _store.Chain.ReadBlockAsync(new Height(1), default))).Damage;
        Assert.Equal((what, new Height(1)), (damage.What, damage.Height));
        await AssertRepairsAsync(new Height(1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task RightEdge_DamagedUnderABlockWithoutEntries_IsComputedAgain(int level)
    {
        await _store.Chain.AppendAsync(_peer.Decide(), default);
        Spoil($"UPDATE tile SET bytes = zeroblob(length(bytes)) WHERE level = {level} AND position = (SELECT max(position) FROM tile WHERE level = {level})");

        await AssertRepairsAsync(new Height(3));
    }

    [Theory]
    [InlineData("UPDATE tile SET bytes = zeroblob(length(bytes)) WHERE level = 0 AND position = 0")]
    [InlineData("DELETE FROM tile WHERE level = 1")]
    [InlineData("UPDATE tile SET bytes = substr(bytes, 1, 32) WHERE position = 1")]
    public async Task Tiles_Damaged_AreFoundAndComputedAgain(string sql)
    {
        Spoil(sql);

        var heights = (await _store.Chain.ScanAsync(default)).Select(damage => damage.Height!.Value).Distinct().ToArray();

        Assert.All(await _store.Chain.ScanAsync(default), damage => Assert.Equal("tile", damage.What));
        await AssertRepairsAsync(heights);
        Assert.Equal(_peer.Entries[0].Leaf.Value, new TileReader(_store.Chain.Tiles).GetSubtreeRoot(0, 0));
    }

    [Theory]
    [InlineData("UPDATE entry SET body = 7 WHERE position = 3")]
    [InlineData("UPDATE entry SET height = 2 WHERE position = 3")]
    [InlineData("DELETE FROM entry WHERE position = 3")]
    public async Task ReadEntries_OrderDamaged_IsFoundAndRepaired(string sql)
    {
        Spoil(sql);

        await Assert.ThrowsAsync<DamageException>(async () => await _store.Chain.ReadEntriesAsync(0, 10, default));
        await AssertRepairsAsync(new Height(1));
    }

    [Fact]
    public async Task TakeOver_RowDamaged_IsNeverTaken()
    {
        await _store.Safety.CreateAsync(default);
        Spoil("UPDATE safety SET height = 0, round = 0, step = 0, epoch = 9");

        Assert.Equal("safety", (await Assert.ThrowsAsync<DamageException>(() => _store.Safety.TakeOverAsync(default))).Damage.What);
        Assert.Equal("safety", Assert.Single(await _store.Chain.ScanAsync(default)).What);

        await _store.Safety.RecreateAsync(new SafetyRow(1, 1, new SafetyPosition(new Height(4), 0, 3), default), default);
        Assert.Equal(new Height(4), (await _store.Safety.TakeOverAsync(default))!.Position.Height);
    }

    [Fact]
    public async Task Mend_UnorderedBodyDamaged_DropsItSoThatAPeerCanSendItAgain()
    {
        var entries = _peer.NewEntries(3);
        await _store.Mempool.StoreBodiesAsync(entries, default);
        Spoil("UPDATE body SET bytes = zeroblob(length(bytes)) WHERE id = 322");

        Assert.Equal("entry", Assert.Single(await _store.Chain.ScanAsync(default)).What);
        Assert.Equal(1, await _store.Mempool.MendAsync(default));

        Assert.Equal(2, (await _store.Mempool.LoadPendingAsync(default)).Count);
        Assert.All(await _store.Mempool.StoreBodiesAsync(entries, default), Assert.True);
        Assert.Equal(3, (await _store.Mempool.LoadPendingAsync(default)).Count);
    }

    [Fact]
    public async Task StoreBodies_HeldCopyDamaged_ReplacesIt()
    {
        var entry = _peer.NewEntry();
        await _store.Mempool.AdmitAsync([entry], default);
        Spoil("UPDATE body SET bytes = zeroblob(length(bytes)) WHERE id = 321");

        await _store.Mempool.StoreBodiesAsync([entry], default);

        Assert.True((await _store.Mempool.ReadBodyAsync(entry.Leaf, default))!.Value.Span.SequenceEqual(entry.Bytes.Span));
    }

    [Fact]
    public async Task Mend_PendingRowLost_KeepsTheBodyForGood()
    {
        var entry = _peer.NewEntry();
        await _store.Mempool.StoreBodiesAsync([entry], default);
        Spoil("DELETE FROM pending");

        Assert.Equal("pending", Assert.Single(await _store.Chain.ScanAsync(default)).What);
        await _store.Mempool.MendAsync(default);

        Assert.Equal(0, await _store.Mempool.ExpireAsync(new BlockTime(long.MaxValue), default));
        Assert.Equal(entry.Leaf, Assert.Single(await _store.Mempool.LoadPendingAsync(default)).Leaf);
    }

    [Fact]
    public async Task Repair_CopyWithoutTheDamagedBody_ChangesNothing()
    {
        Spoil("UPDATE body SET bytes = zeroblob(length(bytes)) WHERE id = 5");

        await Assert.ThrowsAsync<InvalidOperationException>(() => _store.Chain.RepairAsync(_peer.Blocks[0], [], default));

        Assert.Equal("entry 4", Assert.Single(await _store.Chain.ScanAsync(default)).Place);
    }

    private async Task AssertRepairsAsync(params Height[] heights)
    {
        var found = await _store.Chain.ScanAsync(default);
        Assert.NotEmpty(found);
        Assert.Equal(heights, found.Select(damage => damage.Height).OfType<Height>().Distinct());
        foreach (var height in heights)
        {
            var block = _peer.Blocks[(int)height.Value - 1];
            await _store.Chain.RepairAsync(block, [.. _peer.Entries.Skip((int)block.FirstIndex).Take(block.Block.Leaves.Count)], default);
        }

        Assert.Empty(await _store.Chain.ScanAsync(default));
        Assert.Equal(_peer.Entries.Select(entry => entry.Leaf), (await _store.Chain.ReadEntriesAsync(0, 1_000, default)).Select(entry => entry.Leaf));
    }

    private void Spoil(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_store.Files.Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are this test's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        Assert.True(command.ExecuteNonQuery() > 0, "nothing was spoiled");
    }
}
