using Dems.Core.Ledger;
using Dems.Core.Ledger.Merkle;
using Dems.Replication.Ports;
using Dems.Storage.Chain;
using Dems.Storage.Sqlite;

namespace Dems.Storage.Integrity;

/// <summary>Checks the stored tiles: against the tree computed anew where that was possible, and each against its own digest.</summary>
internal sealed class TileScan(SqliteFile file, List<Damage> damages)
{
    /// <summary>Compares one stored tile with what it must be.</summary>
    public static void Compare(SqliteFile file, List<Damage> damages, TileCoordinate tile, ReadOnlyMemory<byte> expected, Height height)
    {
        try
        {
            if (TileTable.Read(file, tile) is not { } stored)
            {
                damages.Add(TileTable.Damaged(file, height, tile, "missing").Damage);
            }
            else if (!stored.Span.SequenceEqual(expected.Span))
            {
                damages.Add(TileTable.Damaged(file, height, tile, "does not hold the hashes of the tree").Damage);
            }
        }
        catch (DamageException e)
        {
            damages.Add(e.Damage with { Height = height });
        }
    }

    /// <summary>Checks the right edge and looks for tiles that the tree does not have; without a tree, each tile's digest alone.</summary>
    public void Run(ExpectedTiles? expected, long? treeSize)
    {
        var head = BlockTable.HeadHeight(file);
        foreach (var tile in expected?.Partial ?? [])
        {
            Compare(file, damages, tile.Coordinate, tile.Bytes, head);
        }

        using var all = file.Query("SELECT level, position FROM tile ORDER BY level, position");
        while (all.Step())
        {
            var tile = new TileCoordinate((int)all.Integer(0), all.Integer(1));
            if (treeSize is not { } size)
            {
                StoreScanner.Guard(damages, () => TileTable.Read(file, tile));
            }
            else if (tile.Level is < 0 or > TileCoordinate.MaxLevel || tile.Index < 0 || tile.WidthAt(size) == 0)
            {
                damages.Add(new Damage(file.Name, "tile", null, $"level {tile.Level} position {tile.Index}", "the tree has no such tile"));
            }
        }
    }
}
