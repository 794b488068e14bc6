using Dems.Core.Crypto;
using Dems.Ingest.Http;
using Microsoft.Extensions.Options;
using Xunit;

namespace Dems.Ingest.Tests.Http;

public class EntryOpeningTests
{
    [Fact]
    public async Task Open_MoreRequestsThanProcessorsAndPlaces_RefusesTheLastUntilOneIsDone()
    {
        await using var edge = await IngestEdge.StartAsync();
        ReadOnlyMemory<byte>[] request = [edge.Message(1)];
        using var verifier = new HeldVerifier();
        using var opening = new EntryOpening(verifier, Options.Create(new HttpIngestOptions { MaxWaitingRequests = 1 }));

        var busy = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Task.Factory.StartNew(
            () => opening.OpenAsync(request, CancellationToken.None), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()).ToList();
        for (var i = 0; i < busy.Count; i++)
        {
            await verifier.Entered.WaitAsync();
        }

        var waiting = opening.OpenAsync(request, CancellationToken.None);
        var refused = await opening.OpenAsync(request, CancellationToken.None);
        Assert.Null(refused);
        Assert.False(waiting.IsCompleted);

        verifier.Release();
        Assert.All(await Task.WhenAll(busy), opened => Assert.NotNull(Assert.Single(opened!).Entry));
        Assert.NotNull(Assert.Single((await waiting)!).Entry);
    }

    /// <summary>Finds every signature valid, once it is released.</summary>
    private sealed class HeldVerifier : ISignatureVerifier, IDisposable
    {
        private readonly ManualResetEventSlim _released = new();

        public SemaphoreSlim Entered { get; } = new(0);

        public void Release() => _released.Set();

        public bool Verify(PublicKey key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
        {
            Entered.Release();
            _released.Wait();
            return true;
        }

        public void Dispose()
        {
            _released.Dispose();
            Entered.Dispose();
        }
    }
}
