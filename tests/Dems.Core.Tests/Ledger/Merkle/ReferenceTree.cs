using System.Security.Cryptography;

namespace Dems.Core.Tests.Ledger.Merkle;

/// <summary>The recursive definitions of RFC 9162 §2.1, word by word, on byte arrays. Shares no code with the product.</summary>
internal static class ReferenceTree
{
    public static byte[] Leaf(byte[] data) => SHA256.HashData([0, .. data]);

    /// <summary>MTH(D[n]) over leaf hashes (§2.1.1).</summary>
    public static byte[] Root(ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.Length == 0)
        {
            return SHA256.HashData([]);
        }

        if (leaves.Length == 1)
        {
            return leaves[0];
        }

        var k = Split(leaves.Length);
        return SHA256.HashData([1, .. Root(leaves[..k]), .. Root(leaves[k..])]);
    }

    /// <summary>PATH(m, D[n]) (§2.1.3.1).</summary>
    public static List<byte[]> Path(int m, ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.Length == 1)
        {
            return [];
        }

        var k = Split(leaves.Length);
        return m < k ? [.. Path(m, leaves[..k]), Root(leaves[k..])] : [.. Path(m - k, leaves[k..]), Root(leaves[..k])];
    }

    /// <summary>PROOF(m, D[n]) (§2.1.4.1).</summary>
    public static List<byte[]> Consistency(int m, ReadOnlySpan<byte[]> leaves) => SubProof(m, leaves, known: true);

    private static List<byte[]> SubProof(int m, ReadOnlySpan<byte[]> leaves, bool known)
    {
        if (m == leaves.Length)
        {
            return known ? [] : [Root(leaves)];
        }

        var k = Split(leaves.Length);
        return m <= k
            ? [.. SubProof(m, leaves[..k], known), Root(leaves[k..])]
            : [.. SubProof(m - k, leaves[k..], known: false), Root(leaves[..k])];
    }

    private static int Split(int n)
    {
        var k = 1;
        while (2 * k < n)
        {
            k *= 2;
        }

        return k;
    }
}
