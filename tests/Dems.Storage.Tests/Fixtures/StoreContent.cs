using System.Globalization;
using Dems.Core;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Merkle;

namespace Dems.Storage.Tests.Fixtures;

/// <summary>Everything a store gives out, as comparable lines, read through its ports only.</summary>
internal static class StoreContent
{
    public static async Task<List<string>> ReadAsync(ReplicaDatabase store)
    {
        var lines = new List<string>();
        var head = await store.Chain.ReadHeadAsync(default);
        var size = head?.Block.Header.TreeSize ?? 0;
        for (var height = new Height(1); head is not null && height <= head.Height; height = height.Next)
        {
            var block = (await store.Chain.ReadBlockAsync(height, default))!;
            lines.Add($"block {height} {Hash32.Of(BlockCodec.Encode(block.Block))} {Hash32.Of(CertificateCodec.Encode(block.Certificate))}");
        }

        foreach (var entry in await store.Chain.ReadEntriesAsync(0, int.MaxValue, default))
        {
            lines.Add($"entry {entry.Index} {entry.Height} {entry.Leaf} {entry.Content} {Hash32.Of(entry.Bytes.Span)}");
            var byContent = await store.Chain.FindByContentAsync(entry.Content, default);
            var byLeaf = await store.Chain.FindByLeafAsync(entry.Leaf, default);
            lines.Add($"found {byContent?.Index} {byLeaf?.Index}");
        }

        lines.AddRange(Tiles(store.Chain.Tiles, size));
        foreach (var pending in await store.Mempool.LoadPendingAsync(default))
        {
            var body = await store.Mempool.ReadBodyAsync(pending.Leaf, default);
            lines.Add($"pending {pending} {Hash32.Of(body!.Value.Span)}");
        }

        // Taking over raises the epoch by one: the line gives what was stored before.
        var row = await store.Safety.TakeOverAsync(default);
        lines.Add(row is null ? "no safety row" : $"safety {row.Version} {row.Epoch - 1} {row.Position} {Hash32.Of(row.State.Span)}");
        lines.Add($"high water {await store.Safety.ReadHighWaterAsync(default)}");
        var snapshot = await store.Snapshots.ReadLatestAsync(new Height(long.MaxValue), default);
        lines.Add(snapshot is { } state ? $"snapshot {state.Height} {Hash32.Of(state.State.Span)}" : "no snapshot");
        return lines;
    }

    private static IEnumerable<string> Tiles(ITileSource tiles, long size)
    {
        for (var level = 0; size >> (TileCoordinate.Height * level) > 0; level++)
        {
            for (var index = 0L; new TileCoordinate(level, index).WidthAt(size) > 0; index++)
            {
                var bytes = tiles.ReadTile(new TileCoordinate(level, index));
                yield return string.Create(CultureInfo.InvariantCulture, $"tile {level} {index} {(bytes is { } held ? Hash32.Of(held.Span) : default)}");
            }
        }
    }
}
