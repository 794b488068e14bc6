using Dems.Grains.Crypto;
using Xunit;

namespace Dems.Grains.Tests.Crypto;

public sealed class VerifierPoolTests
{
    [Fact]
    public async Task Pool_QueueFull_RefusesUntilAPlaceIsFree()
    {
        using var pool = new VerifierPool(threads: 1, capacity: 1);
        using var release = new ManualResetEventSlim();
        using var running = new ManualResetEventSlim();
        var first = pool.RunAsync(() => { running.Set(); release.Wait(); return 1; }, CancellationToken.None);
        running.Wait(TestContext.Current.CancellationToken);

        Assert.True(pool.TryRun(() => 2, out var second));
        Assert.False(pool.TryRun(() => 3, out var refused));
        Assert.True(refused.IsCanceled);
        var waiting = pool.RunAsync(() => 4, CancellationToken.None);
        Assert.False(waiting.IsCompleted);

        release.Set();
        int[] results = await Task.WhenAll(first, second, waiting);
        Assert.Equal([1, 2, 4], results);
    }

    [Fact]
    public async Task Pool_WorkThrows_TheCallerGetsItAndTheThreadLives()
    {
        using var pool = new VerifierPool(threads: 1, capacity: 4);
        await Assert.ThrowsAsync<InvalidDataException>(() => pool.RunAsync<int>(() => throw new InvalidDataException(), CancellationToken.None));
        Assert.Equal(7, await pool.RunAsync(() => 7, CancellationToken.None));
    }

    [Fact]
    public async Task Pool_Disposed_FinishesWhatIsQueued()
    {
        var pool = new VerifierPool(threads: 2, capacity: 64);
        var results = Enumerable.Range(0, 64).Select(i => pool.RunAsync(() => i, CancellationToken.None)).ToList();
        pool.Dispose();
        Assert.Equal(Enumerable.Range(0, 64), await Task.WhenAll(results));
    }
}
