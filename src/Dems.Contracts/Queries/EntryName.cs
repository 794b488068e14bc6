using Dems.Core;

namespace Dems.Contracts.Queries;

/// <summary>How an entry is asked for: by its place, or by a hash that is its content id or its leaf hash.</summary>
/// <param name="Index">Place on the chain; null if asked by hash.</param>
/// <param name="Hash">Content id or leaf hash; zero if asked by place.</param>
public readonly record struct EntryName(long? Index, Hash32 Hash)
{
    /// <summary>Reads a decimal index or 64 hexadecimal digits; false otherwise.</summary>
    public static bool TryParse(string text, out EntryName name)
    {
        if (Hash32.TryParse(text, out var hash))
        {
            name = new EntryName(null, hash);
            return true;
        }

        var isIndex = long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var index);
        name = new EntryName(index, default);
        return isIndex;
    }
}
