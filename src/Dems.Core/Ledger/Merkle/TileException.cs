namespace Dems.Core.Ledger.Merkle;

/// <summary>A stored tile that the tree's size demands is absent, too narrow or of an impossible length: the store is damaged at this place.</summary>
public sealed class TileException : Exception
{
    /// <summary>Names the damaged tile.</summary>
    public TileException(TileCoordinate tile, string reason)
        : base($"Tile {tile}: {reason}.") => Tile = tile;

    /// <summary>Which tile.</summary>
    public TileCoordinate Tile { get; }
}
