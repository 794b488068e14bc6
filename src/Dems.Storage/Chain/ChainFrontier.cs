using Dems.Core.Ledger.Merkle;
using Dems.Replication.Ports;
using Dems.Storage.Sqlite;

namespace Dems.Storage.Chain;

/// <summary>The right edge of the chain's tree, from its tiles.</summary>
internal static class ChainFrontier
{
    /// <summary>The edge at the head; it gives the root in the head's header.</summary>
    /// <exception cref="DamageException">A tile is missing or damaged, or gives another root.</exception>
    public static MerkleFrontier Read(SqliteFile file, DecidedBlock? head)
    {
        if (head is null)
        {
            return MerkleFrontier.Empty;
        }

        try
        {
            var frontier = MerkleFrontier.Load(head.Block.Header.TreeSize, new TileReader(new ConnectionTiles(file)));
            return frontier.Root == head.Block.Header.TreeRoot
                ? frontier
                : throw new DamageException(new Damage(file.Name, "tile", head.Height, "right edge", "does not give the root in the head's header"));
        }
        catch (TileException e)
        {
            throw TileTable.Damaged(file, head.Height, e.Tile, e.Message);
        }
    }
}
