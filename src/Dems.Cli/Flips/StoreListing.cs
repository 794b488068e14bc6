using Dems.Core;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Merkle;
using Dems.Storage;

namespace Dems.Cli.Flips;

/// <summary>Everything that a store gives out, as comparable lines, read through its ports only.</summary>
internal static class StoreListing
{
    public static async Task<IReadOnlyList<string>> ReadAsync(ReplicaFiles files, ChainId chain, CancellationToken cancellationToken)
    {
        await using var store = await ReplicaDatabase.OpenAsync(files, chain, cancellationToken);
        var lines = new List<string>();
        var size = 0L;
        for (var height = Height.Genesis.Next; await store.Chain.ReadBlockAsync(height, cancellationToken) is { } block; height = height.Next)
        {
            lines.Add($"block {height} {Hash32.Of(BlockCodec.Encode(block.Block))} {Hash32.Of(CertificateCodec.Encode(block.Certificate))}");
            size = block.Block.Header.TreeSize;
        }

        foreach (var entry in await store.Chain.ReadEntriesAsync(0, int.MaxValue, cancellationToken))
        {
            var byContent = await store.Chain.FindByContentAsync(entry.Content, cancellationToken);
            var byLeaf = await store.Chain.FindByLeafAsync(entry.Leaf, cancellationToken);
            lines.Add($"entry {entry.Index} {entry.Height} {entry.Leaf} {entry.Content} {Hash32.Of(entry.Bytes.Span)} {byContent?.Index} {byLeaf?.Index}");
        }

        foreach (var tile in Tiles(size))
        {
            lines.Add($"tile {tile.Level} {tile.Index} {(store.Chain.Tiles.ReadTile(tile) is { } bytes ? Hash32.Of(bytes.Span) : default)}");
        }

        foreach (var pending in await store.Mempool.LoadPendingAsync(cancellationToken))
        {
            var body = await store.Mempool.ReadBodyAsync(pending.Leaf, cancellationToken);
            lines.Add($"pending {pending} {(body is { } bytes ? Hash32.Of(bytes.Span) : default)}");
        }

        // Taking over raises version and epoch by one each time; what was signed does not change.
        var row = await store.Safety.TakeOverAsync(cancellationToken);
        lines.Add(row is null ? "no safety row" : $"safety {row.Version} {row.Epoch} {row.Position} {Hash32.Of(row.State.Span)}");
        lines.Add($"high water {await store.Safety.ReadHighWaterAsync(cancellationToken)}");
        return lines;
    }

    private static IEnumerable<TileCoordinate> Tiles(long size)
    {
        for (var level = 0; size >> (TileCoordinate.Height * level) > 0; level++)
        {
            for (var index = 0L; new TileCoordinate(level, index).WidthAt(size) > 0; index++)
            {
                yield return new TileCoordinate(level, index);
            }
        }
    }
}
