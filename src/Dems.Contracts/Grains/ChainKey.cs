using Dems.Core;
using Dems.Core.Energy;
using Dems.Core.Ledger;

namespace Dems.Contracts.Grains;

/// <summary>Keys of grains: a chain in hexadecimal, and for a node the chain, a slash and its address.</summary>
public static class ChainKey
{
    /// <summary>Key of the head and the pool of a chain.</summary>
    public static string Of(ChainId chain) => chain.ToString();

    /// <summary>Key of a node on a chain.</summary>
    public static string Of(ChainId chain, NodeAddress node) => $"{chain}/{node}";

    /// <summary>Parses the key of a head or pool.</summary>
    public static bool TryParse(string key, out ChainId chain)
    {
        var parsed = Hash32.TryParse(key, out var hash);
        chain = new ChainId(hash);
        return parsed;
    }

    /// <summary>Parses the key of a node.</summary>
    public static bool TryParse(string key, out ChainId chain, out NodeAddress node)
    {
        (chain, node) = (default, default);
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && TryParse(key[..slash], out chain) && NodeAddress.TryParse(key[(slash + 1)..], out node, out _);
    }
}
