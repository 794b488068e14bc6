using Dems.Core.Crypto;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Entries;
using Dems.Grains.Crypto;
using Dems.Replication.Ports;

namespace Dems.Grains.Chains;

/// <summary>Opens entries on the threads of the verifier pool, several bodies per piece of work, so that queueing costs little beside checking.</summary>
public sealed class EntryOpener(VerifierPool pool, ISignatureVerifier verifier) : IEntryOpener
{
    private const int PieceSize = 16;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<OpenedEntry?>> OpenAsync(IReadOnlyList<ReadOnlyMemory<byte>> bodies, CancellationToken cancellationToken)
    {
        var opened = new OpenedEntry?[bodies.Count];
        var pieces = new List<Task<bool>>((bodies.Count + PieceSize - 1) / PieceSize);
        for (var start = 0; start < bodies.Count; start += PieceSize)
        {
            var first = start;
            pieces.Add(pool.RunAsync(() => Open(bodies, first, opened), cancellationToken));
        }

        await Task.WhenAll(pieces);
        return opened;
    }

    private bool Open(IReadOnlyList<ReadOnlyMemory<byte>> bodies, int first, OpenedEntry?[] opened)
    {
        for (var i = first; i < Math.Min(first + PieceSize, bodies.Count); i++)
        {
            opened[i] = EntryCodec.TryOpen(bodies[i], verifier, out var entry, out _) ? entry : null;
        }

        return true;
    }
}
