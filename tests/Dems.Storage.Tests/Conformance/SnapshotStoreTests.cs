using Dems.Core.Ledger;
using Dems.Storage.Tests.Fixtures;

namespace Dems.Storage.Tests.Conformance;

/// <summary>What every snapshot store does.</summary>
public abstract class SnapshotStoreTests : IAsyncLifetime
{
    protected StoreHarness Store { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Store = await CreateAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Store.DisposeAsync();
    }

    [Fact]
    public async Task ReadLatest_None_IsNull() => Assert.Null(await Store.Snapshots.ReadLatestAsync(new Height(100), default));

    [Fact]
    public async Task Save_Three_KeepsTheNewestTwo()
    {
        foreach (var height in new[] { 10, 20, 30 })
        {
            await Store.Snapshots.SaveAsync(new Height(height), State(height), default);
        }

        await Store.KillAsync();
        Assert.Equal((30, 30), await LatestAsync(100));
        Assert.Equal((20, 20), await LatestAsync(29));
        Assert.Null(await LatestAsync(19));
        Assert.Empty(await Store.Chain.ScanAsync(default));
    }

    [Fact]
    public async Task Save_SameHeightAgain_Replaces()
    {
        await Store.Snapshots.SaveAsync(new Height(10), State(1), default);
        await Store.Snapshots.SaveAsync(new Height(10), State(2), default);

        Assert.Equal((10, 2), await LatestAsync(10));
    }

    protected abstract Task<StoreHarness> CreateAsync();

    private static byte[] State(int mark) => [.. Enumerable.Repeat((byte)mark, 10_000)];

    private async Task<(int Height, int Mark)?> LatestAsync(int atMost) =>
        await Store.Snapshots.ReadLatestAsync(new Height(atMost), default) is { } found
            ? ((int)found.Height.Value, found.State.ToArray().Distinct().Single())
            : null;
}
