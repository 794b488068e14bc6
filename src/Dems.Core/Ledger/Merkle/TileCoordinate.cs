using System.Globalization;
using System.Text;

namespace Dems.Core.Ledger.Merkle;

/// <summary>
/// Names a tile (C2SP tlog-tiles): 256 consecutive subtree roots of one level, tile level L holding the roots of full subtrees of 256^L leaves. A tile at
/// the right edge may be partial, with a width of 1…255 hashes.
/// </summary>
/// <param name="Level">0 (leaf hashes) … <see cref="MaxLevel"/>.</param>
/// <param name="Index">Position within the level, from 0.</param>
public readonly record struct TileCoordinate(int Level, long Index) : IComparable<TileCoordinate>
{
    /// <summary>Tree levels per tile level.</summary>
    public const int Height = 8;

    /// <summary>Hashes of a full tile.</summary>
    public const int FullWidth = 1 << Height;

    /// <summary>Bytes of a full tile.</summary>
    public const int FullBytes = FullWidth * Hash32.Size;

    /// <summary>Highest tile level of a tree of <see cref="MerkleFrontier.MaxSize"/> leaves; the format itself knows levels up to 63.</summary>
    public const int MaxLevel = 7;

    // "tile/7/" and at most seven groups of "x000/" and ".p/255" stay below.
    private const int MaxPathLength = 64;
    private const string Root = "tile/";
    private const string PartialMark = ".p/";

    /// <summary>How many hashes this tile has in a tree of <paramref name="treeSize"/> leaves: 0 (none yet) … 256. The right edge has ⌊s / 256^L⌋ mod 256.</summary>
    public int WidthAt(long treeSize)
    {
        var hashes = treeSize >> (Height * Level);
        return (int)Math.Clamp(hashes - (Index << Height), 0, FullWidth);
    }

    /// <summary>The path below a log's prefix, such as <c>tile/0/x001/234</c>, or <c>tile/0/x001/234.p/17</c> for a partial tile.</summary>
    /// <param name="width">1…256; 256 is the full tile.</param>
    public string ToPath(int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, FullWidth);
        var path = new StringBuilder(Root).Append(CultureInfo.InvariantCulture, $"{Level}/{IndexPath(Index)}");
        return width == FullWidth ? path.ToString() : path.Append(CultureInfo.InvariantCulture, $"{PartialMark}{width}").ToString();
    }

    /// <summary>Reads what <see cref="ToPath"/> writes and nothing else: each tile has one path. False with a reason otherwise.</summary>
    public static bool TryParsePath(string path, out TileCoordinate tile, out int width, out string error)
    {
        (tile, width, error) = (default, FullWidth, "not a tile's path");
        if (path.Length > MaxPathLength || !path.StartsWith(Root, StringComparison.Ordinal))
        {
            return false;
        }

        var rest = path.AsSpan(Root.Length);
        var mark = rest.IndexOf(PartialMark, StringComparison.Ordinal);
        if (mark >= 0 && (!TryParseNumber(rest[(mark + PartialMark.Length)..], FullWidth - 1, out width) || width == 0))
        {
            error = $"the width of a partial tile is 1…{FullWidth - 1}";
            return false;
        }

        rest = mark >= 0 ? rest[..mark] : rest;
        var slash = rest.IndexOf('/');
        if (slash < 0 || !TryParseNumber(rest[..slash], MaxLevel, out var level))
        {
            error = $"a tile's level is 0…{MaxLevel}";
            return false;
        }

        var digits = new string([.. rest[(slash + 1)..].ToArray().Where(char.IsAsciiDigit)]);
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index > MaxIndex(level) || !rest[(slash + 1)..].SequenceEqual(IndexPath(index)))
        {
            error = "a tile's index is written as groups of three digits, all but the last after an 'x'";
            return false;
        }

        tile = new TileCoordinate(level, index);
        error = "";
        return true;
    }

    /// <summary>By level, then from left to right.</summary>
    public int CompareTo(TileCoordinate other) => Level != other.Level ? Level.CompareTo(other.Level) : Index.CompareTo(other.Index);

    /// <summary>The path of the full tile.</summary>
    public override string ToString() => ToPath(FullWidth);

    /// <summary>The index as path elements: 1234067 is <c>x001/x234/067</c>.</summary>
    internal static string IndexPath(long index)
    {
        var path = (index % 1000).ToString("D3", CultureInfo.InvariantCulture);
        for (var rest = index / 1000; rest > 0; rest /= 1000)
        {
            path = $"x{(rest % 1000).ToString("D3", CultureInfo.InvariantCulture)}/{path}";
        }

        return path;
    }

    // Index of the tile that holds the last subtree of this level in the largest tree.
    private static long MaxIndex(int level) => level == MaxLevel ? 0 : (MerkleFrontier.MaxSize - 1) >> (Height * (level + 1));

    private static bool TryParseNumber(ReadOnlySpan<char> text, int max, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= max && (text[0] != '0' || text.Length == 1);
}
