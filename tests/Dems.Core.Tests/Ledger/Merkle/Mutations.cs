namespace Dems.Core.Tests.Ledger.Merkle;

/// <summary>Everything near a proof that is not the proof.</summary>
internal static class Mutations
{
    /// <summary>Each single bit flipped; each hash removed, doubled, zeroed or swapped with its neighbour; one more at either end; none at all.</summary>
    public static IEnumerable<IReadOnlyList<Hash32>> Of(IReadOnlyList<Hash32> path)
    {
        for (var i = 0; i < path.Count; i++)
        {
            foreach (var wrong in OfBits(path[i]))
            {
                yield return [.. path.Take(i), wrong, .. path.Skip(i + 1)];
            }

            yield return [.. path.Take(i), .. path.Skip(i + 1)];
            yield return [.. path.Take(i), path[i], .. path.Skip(i)];
            if (!path[i].IsZero)
            {
                yield return [.. path.Take(i), Hash32.Zero, .. path.Skip(i + 1)];
            }

            if (i > 0 && path[i] != path[i - 1])
            {
                yield return [.. path.Take(i - 1), path[i], path[i - 1], .. path.Skip(i + 1)];
            }
        }

        yield return [.. path, Hash32.Zero];
        yield return [Hash32.Zero, .. path];
        if (path.Count > 1)
        {
            yield return [];
        }
    }

    public static IEnumerable<Hash32> OfBits(Hash32 hash) => OfBits(hash.ToArray()).Select(bytes => new Hash32(bytes));

    public static IEnumerable<byte[]> OfBits(byte[] bytes)
    {
        for (var bit = 0; bit < 8 * bytes.Length; bit++)
        {
            var wrong = (byte[])bytes.Clone();
            wrong[bit / 8] ^= (byte)(1 << (bit % 8));
            yield return wrong;
        }
    }

    /// <summary>Every proper prefix, and one byte more.</summary>
    public static IEnumerable<byte[]> OfLength(byte[] bytes) =>
        Enumerable.Range(0, bytes.Length).Select(length => bytes[..length]).Append([.. bytes, 0]);
}
