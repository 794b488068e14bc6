namespace Dems.Core.Ledger.Merkle;

/// <summary>Reads stored tiles. Storage implements it; nothing here writes.</summary>
public interface ITileSource
{
    /// <summary>
    /// The hashes of a tile in its widest stored form, 32 bytes each (C2SP tlog-tiles, "Merkle Tree"); null or empty if none is stored, as there are no
    /// empty tiles. A wider tile than the tree in question has is fine: what a tile holds never changes, it only grows to the right.
    /// </summary>
    ReadOnlyMemory<byte>? ReadTile(TileCoordinate tile);
}
