using System.Threading.RateLimiting;
using Dems.Core.Crypto;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Entries;
using Microsoft.Extensions.Options;

namespace Dems.Ingest.Http;

/// <summary>
/// Opens what devices sent: makes signatures low-S, decodes, verifies. This is where a flood costs processor time, so as many requests are opened at once as there
/// are processors, a bounded number waits, and the others are told to come back.
/// </summary>
internal sealed class EntryOpening(ISignatureVerifier verifier, IOptions<HttpIngestOptions> options) : IDisposable
{
    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = Environment.ProcessorCount,
        QueueLimit = options.Value.MaxWaitingRequests,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>One result per message, in order; null if too many requests wait already.</summary>
    public async Task<IReadOnlyList<Opened>?> OpenAsync(IReadOnlyList<ReadOnlyMemory<byte>> messages, CancellationToken cancellationToken)
    {
        using var lease = await _limiter.AcquireAsync(1, cancellationToken);
        if (!lease.IsAcquired)
        {
            return null;
        }

        var opened = new Opened[messages.Count];
        for (var i = 0; i < opened.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            opened[i] = Open(messages[i]);
        }

        return opened;
    }

    public void Dispose() => _limiter.Dispose();

    private Opened Open(ReadOnlyMemory<byte> message) =>
        EntryCodec.TryWrap(message, out var envelope, out var error) && EntryCodec.TryOpen(envelope, verifier, out var entry, out error)
            ? new Opened(entry, default)
            : new Opened(null, error);

    /// <summary>An entry, or why the message is none.</summary>
    internal readonly record struct Opened(OpenedEntry? Entry, EntryError Error);
}
