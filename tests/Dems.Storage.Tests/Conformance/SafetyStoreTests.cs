using Dems.Core.Ledger;
using Dems.Replication.Ports;
using Dems.Storage.Tests.Fixtures;

namespace Dems.Storage.Tests.Conformance;

/// <summary>What every safety store does: the fence against signing twice.</summary>
public abstract class SafetyStoreTests : IAsyncLifetime
{
    protected StoreHarness Store { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Store = await CreateAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Store.DisposeAsync();
    }

    [Fact]
    public async Task TakeOver_NoRow_IsNullAndCreatesNone()
    {
        Assert.Null(await Store.Safety.TakeOverAsync(default));
        Assert.Null(await Store.Safety.TakeOverAsync(default));
        Assert.Null(await Store.Safety.ReadHighWaterAsync(default));
    }

    [Fact]
    public async Task Create_ExistingRow_IsRefused()
    {
        await Store.Safety.CreateAsync(default);

        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.Safety.CreateAsync(default));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.Safety.RecreateAsync(Row(1, 1, 1), default));
    }

    [Fact]
    public async Task TakeOver_Each_RaisesTheEpochDurably()
    {
        await Store.Safety.CreateAsync(default);
        var first = await Store.Safety.TakeOverAsync(default);

        await Store.KillAsync();
        var second = await Store.Safety.TakeOverAsync(default);

        Assert.Equal(first!.Epoch + 1, second!.Epoch);
        Assert.Equal(default, second.Position);
    }

    [Fact]
    public async Task Write_ExpectedVersion_IsReadBackAfterAKill()
    {
        await Store.Safety.CreateAsync(default);
        var taken = (await Store.Safety.TakeOverAsync(default))!;
        var row = Row(taken.Version + 1, taken.Epoch, height: 7);

        Assert.True(await Store.Safety.WriteAsync(row, taken.Version, default));

        await Store.KillAsync();
        Assert.Equal(row.Position, await Store.Safety.ReadHighWaterAsync(default));
        var read = (await Store.Safety.TakeOverAsync(default))!;
        Assert.Equal((row.Version, row.Epoch + 1, row.Position), (read.Version, read.Epoch, read.Position));
        Assert.True(read.State.Span.SequenceEqual(row.State.Span));
    }

    [Fact]
    public async Task Write_VersionReplacedMeanwhile_IsRefused()
    {
        await Store.Safety.CreateAsync(default);
        var taken = (await Store.Safety.TakeOverAsync(default))!;
        await Store.Safety.WriteAsync(Row(taken.Version + 1, taken.Epoch, height: 1), taken.Version, default);

        Assert.False(await Store.Safety.WriteAsync(Row(taken.Version + 1, taken.Epoch, height: 2), taken.Version, default));

        Assert.Equal(new Height(1), (await Store.Safety.TakeOverAsync(default))!.Position.Height);
        Assert.Equal(new Height(1), (await Store.Safety.ReadHighWaterAsync(default))!.Value.Height);
    }

    [Fact]
    public async Task Write_ByAnOlderActivation_IsRefused()
    {
        await Store.Safety.CreateAsync(default);
        var stale = (await Store.Safety.TakeOverAsync(default))!;
        await Store.Safety.TakeOverAsync(default);

        Assert.False(await Store.Safety.WriteAsync(Row(stale.Version + 1, stale.Epoch, height: 1), stale.Version, default));
    }

    [Fact]
    public async Task Write_MissingRow_IsRefused()
    {
        Assert.False(await Store.Safety.WriteAsync(Row(1, 0, height: 1), 0, default));
        Assert.Null(await Store.Safety.TakeOverAsync(default));
    }

    [Fact]
    public async Task Write_VersionThatDoesNotFollow_IsABug()
    {
        await Store.Safety.CreateAsync(default);
        var taken = (await Store.Safety.TakeOverAsync(default))!;

        await Assert.ThrowsAsync<ArgumentException>(() => Store.Safety.WriteAsync(Row(taken.Version, taken.Epoch, height: 1), taken.Version, default));
    }

    [Fact]
    public async Task Recreate_LostRow_GivesARowAndRaisesTheMark()
    {
        await Store.Safety.RecreateAsync(Row(1, 1, height: 9), default);

        Assert.Equal(new Height(9), (await Store.Safety.TakeOverAsync(default))!.Position.Height);
        Assert.Equal(new Height(9), (await Store.Safety.ReadHighWaterAsync(default))!.Value.Height);
    }

    [Fact]
    public async Task HighWater_ManyWrites_StaysAtTheHighest()
    {
        await Store.Safety.CreateAsync(default);
        var row = (await Store.Safety.TakeOverAsync(default))!;
        foreach (var (height, round, step) in new[] { (1, 0, 2), (1, 0, 3), (1, 1, 1), (2, 0, 1), (1, 5, 3) })
        {
            var next = row with { Version = row.Version + 1, Position = new SafetyPosition(new Height(height), round, step) };
            Assert.True(await Store.Safety.WriteAsync(next, row.Version, default));
            row = next;
        }

        await Store.RestartAsync();
        Assert.Equal(new SafetyPosition(new Height(2), 0, 1), await Store.Safety.ReadHighWaterAsync(default));
    }

    [Fact]
    public async Task Write_KilledBeforeTheHighWaterMark_LeavesTheMarkBelowTheRow()
    {
        await Store.Safety.CreateAsync(default);
        var taken = (await Store.Safety.TakeOverAsync(default))!;

        await Store.KillBeforeHighWaterAsync(Row(taken.Version + 1, taken.Epoch, height: 3), taken.Version);

        Assert.Equal(new Height(3), (await Store.Safety.TakeOverAsync(default))!.Position.Height);
        Assert.True((await Store.Safety.ReadHighWaterAsync(default))!.Value.Height < new Height(3));
        Assert.Empty(await Store.Chain.ScanAsync(default));
    }

    [Fact]
    public async Task Write_FromTwoActivationsAtOnce_OnlyTheNewerEverSucceeds()
    {
        await Store.Safety.CreateAsync(default);
        var older = (await Store.Safety.TakeOverAsync(default))!;
        var newer = (await Store.Safety.TakeOverAsync(default))!;

        var writes = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => Task.Run(() =>
                Store.Safety.WriteAsync(Row(older.Version + 1, i % 2 == 0 ? older.Epoch : newer.Epoch, height: i), older.Version, default))));

        Assert.Equal(1, writes.Count(written => written));
        Assert.Equal(1, (await Store.Safety.TakeOverAsync(default))!.Position.Height.Value % 2);
    }

    protected abstract Task<StoreHarness> CreateAsync();

    private static SafetyRow Row(long version, long epoch, int height) =>
        new(version, epoch, new SafetyPosition(new Height(height), 1, 2), new byte[] { 1, 2, (byte)height });
}
