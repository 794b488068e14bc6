using Dems.Core;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Merkle;
using Dems.Replication.Protocol;

namespace Dems.Replication.Shell;

/// <summary>
/// Gives peers the newest stored state in chunks. A state that is being fetched stays in memory until nobody has asked for a while, though the store has deleted it since: under load the
/// store keeps one for seconds only.
/// </summary>
internal sealed class SnapshotDesk(ReplicaPorts ports)
{
    private static readonly TimeSpan KeepFor = TimeSpan.FromSeconds(30);

    // Immutable, and replaced as a whole: requests are served beside each other.
    private volatile Kept? _kept;
    private long _asked;

    /// <summary>The newest state above a height; null if there is none.</summary>
    public async Task<SnapshotOffer?> OfferAsync(Height above, CancellationToken cancellationToken)
    {
        if (_kept is not { } kept || kept.Offer.Height <= above || ports.Time.GetElapsedTime(Volatile.Read(ref _asked)) > KeepFor)
        {
            kept = await MakeAsync(above, cancellationToken);
            _kept = kept;
        }

        Volatile.Write(ref _asked, ports.Time.GetTimestamp());
        return kept?.Offer;
    }

    /// <summary>A chunk of a state that is still here; null otherwise.</summary>
    public async Task<ReadOnlyMemory<byte>?> ReadChunkAsync(Height height, int index, CancellationToken cancellationToken)
    {
        if (_kept is not { } kept || kept.Offer.Height != height)
        {
            // Somebody goes on with what was offered by another member, or before a restart of this one.
            kept = await MakeAsync(height.Previous, cancellationToken);
            if (kept?.Offer.Height != height)
            {
                return null;
            }

            _kept = kept;
        }

        Volatile.Write(ref _asked, ports.Time.GetTimestamp());
        return index < kept.Offer.Chunks.Count ? kept.State.Slice(index * SnapshotOffer.ChunkBytes, kept.Offer.LengthOf(index)) : null;
    }

    private async Task<Kept?> MakeAsync(Height above, CancellationToken cancellationToken)
    {
        var head = await ports.Chain.ReadHeadAsync(cancellationToken);
        if (head is null
            || ports.Snapshots is not { } snapshots
            || await snapshots.ReadLatestAsync(head.Height.Previous, cancellationToken) is not var (height, state)
            || height <= above
            || state.Length > (long)SnapshotOffer.MaxChunks * SnapshotOffer.ChunkBytes
            || await ports.Chain.ReadBlockAsync(height, cancellationToken) is not { } lower
            || await ports.Chain.ReadBlockAsync(height.Next, cancellationToken) is not { } upper)
        {
            return null;
        }

        var size = lower.Block.Header.TreeSize;
        var edge = SnapshotOffer.EdgeOf(size).Select(tile => new Tile(tile, ports.Chain.Tiles.ReadTile(tile)!.Value[..(tile.WidthAt(size) * Hash32.Size)])).ToList();
        var chunks = new List<Hash32>();
        for (var start = 0; start < state.Length; start += SnapshotOffer.ChunkBytes)
        {
            chunks.Add(Hash32.Of(state.Span.Slice(start, Math.Min(SnapshotOffer.ChunkBytes, state.Length - start))));
        }

        return new Kept(new SnapshotOffer(lower, upper, edge, state.Length, chunks), state);
    }

    private sealed record Kept(SnapshotOffer Offer, ReadOnlyMemory<byte> State);
}
