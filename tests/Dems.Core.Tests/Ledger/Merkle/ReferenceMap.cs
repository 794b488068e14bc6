using System.Security.Cryptography;

namespace Dems.Core.Tests.Ledger.Merkle;

/// <summary>The definition of the state map's root, from scratch over sorted pairs. Shares no code with the product.</summary>
internal static class ReferenceMap
{
    public static byte[] Root(IEnumerable<KeyValuePair<Hash32, byte[]>> pairs) =>
        Root([.. pairs.Select(pair => (pair.Key.ToArray(), pair.Value))], 0);

    private static byte[] Root(List<(byte[] Key, byte[] Value)> pairs, int depth)
    {
        if (pairs.Count == 0)
        {
            return new byte[32];
        }

        if (pairs.Count == 1)
        {
            return SHA256.HashData([0, .. pairs[0].Key, .. SHA256.HashData(pairs[0].Value)]);
        }

        var sides = pairs.ToLookup(pair => (pair.Key[depth / 8] & (0x80 >> (depth % 8))) != 0);
        return SHA256.HashData([1, .. Root([.. sides[false]], depth + 1), .. Root([.. sides[true]], depth + 1)]);
    }
}
