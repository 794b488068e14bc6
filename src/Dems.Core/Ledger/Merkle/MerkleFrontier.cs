using System.Formats.Cbor;
using System.Numerics;
using Dems.Core.Ledger.Encoding;

namespace Dems.Core.Ledger.Merkle;

/// <summary>
/// An append-only RFC 9162 §2.1.1 tree reduced to what appending and its root need: the roots of the full subtrees along its right edge, one for each
/// 1 in the binary form of its size, the largest (leftmost) first. At most 62 hashes whatever the number of leaves. Immutable.
/// </summary>
public sealed class MerkleFrontier : IEquatable<MerkleFrontier>
{
    /// <summary>Most leaves of a tree.</summary>
    public const long MaxSize = 1L << 62;

    /// <summary>Longest encoding in bytes: two array headers, a size and 62 hashes of 34 bytes.</summary>
    public const int MaxBytes = 2200;

    private readonly Hash32[] _subtrees;

    private MerkleFrontier(long size, Hash32[] subtrees)
    {
        Size = size;
        _subtrees = subtrees;
        Root = Fold(subtrees);
    }

    /// <summary>The tree without leaves; its root is <see cref="MerkleHash.Empty"/>.</summary>
    public static MerkleFrontier Empty { get; } = new(0, []);

    /// <summary>Number of leaves, 0…<see cref="MaxSize"/>.</summary>
    public long Size { get; }

    /// <summary>MTH of all leaves (RFC 9162 §2.1.1).</summary>
    public Hash32 Root { get; }

    /// <summary>Roots of the full subtrees, largest first; their sizes are the powers of two that add up to <see cref="Size"/>.</summary>
    public ReadOnlySpan<Hash32> Subtrees => _subtrees;

    /// <summary>The tree with one more leaf.</summary>
    /// <param name="leafHash">A leaf hash (<see cref="MerkleHash.Leaf"/>, <see cref="LeafHash"/>), not the leaf's data.</param>
    /// <exception cref="OverflowException">The tree has <see cref="MaxSize"/> leaves.</exception>
    public MerkleFrontier Append(Hash32 leafHash) => AppendAll([leafHash]);

    /// <summary>The tree with more leaves, in order. Costs one hash per leaf, one array and no object per leaf.</summary>
    /// <exception cref="OverflowException">The tree would have more than <see cref="MaxSize"/> leaves.</exception>
    public MerkleFrontier AppendAll(ReadOnlySpan<Hash32> leafHashes)
    {
        if (leafHashes.IsEmpty)
        {
            return this;
        }

        Span<Hash32> stack = stackalloc Hash32[BitOperations.Log2((ulong)MaxSize) + 1];
        var builder = new Builder(stack, this);
        foreach (var leaf in leafHashes)
        {
            builder.Add(leaf);
        }

        return builder.ToFrontier();
    }

    /// <summary>The tree with more leaves, in order, from a sequence that need not be in memory.</summary>
    /// <exception cref="OverflowException">The tree would have more than <see cref="MaxSize"/> leaves.</exception>
    public MerkleFrontier AppendAll(IEnumerable<Hash32> leafHashes)
    {
        Span<Hash32> stack = stackalloc Hash32[BitOperations.Log2((ulong)MaxSize) + 1];
        var builder = new Builder(stack, this);
        foreach (var leaf in leafHashes)
        {
            builder.Add(leaf);
        }

        return builder.ToFrontier();
    }

    /// <summary>The frontier of the first <paramref name="size"/> leaves of a stored tree: one subtree root per 1 in the size.</summary>
    /// <param name="size">0…<see cref="MaxSize"/>, not above what the source holds.</param>
    /// <param name="source">Gives the roots of full subtrees.</param>
    public static MerkleFrontier Load(long size, ISubtreeSource source)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, MaxSize);
        var subtrees = new Hash32[BitOperations.PopCount((ulong)size)];
        var start = 0L;
        for (var i = 0; i < subtrees.Length; i++)
        {
            var level = BitOperations.Log2((ulong)(size - start));
            subtrees[i] = source.GetSubtreeRoot(level, start >> level);
            start += 1L << level;
        }

        return new MerkleFrontier(size, subtrees);
    }

    /// <summary>Canonical bytes: the CBOR array [size, [subtree roots, largest first]].</summary>
    public byte[] Encode()
    {
        var writer = Canonical.NewWriter(16 + (_subtrees.Length * (Hash32.Size + 2)));
        writer.WriteStartArray(2);
        writer.WriteInt64(Size);
        writer.WriteStartArray(_subtrees.Length);
        foreach (var subtree in _subtrees)
        {
            Canonical.WriteHash(writer, subtree);
        }

        writer.WriteEndArray();
        writer.WriteEndArray();
        return writer.Encode();
    }

    /// <summary>Decodes strictly: there must be exactly as many roots as the size has ones. False with a reason otherwise.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> bytes, out MerkleFrontier frontier, out string error) =>
        Canonical.TryDecode(bytes, MaxBytes, "frontier", Read, out frontier, out error);

    /// <inheritdoc/>
    public bool Equals(MerkleFrontier? other) => other is not null && Size == other.Size && Subtrees.SequenceEqual(other.Subtrees);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as MerkleFrontier);

    /// <inheritdoc/>
    public override int GetHashCode() => Root.GetHashCode();

    private static MerkleFrontier Read(CborReader reader)
    {
        Canonical.ReadArray(reader, 2);
        var size = Canonical.ReadInteger(reader, 0, MaxSize, "size");
        var subtrees = new Hash32[BitOperations.PopCount((ulong)size)];
        Canonical.ReadArray(reader, subtrees.Length);
        for (var i = 0; i < subtrees.Length; i++)
        {
            subtrees[i] = Canonical.ReadHash(reader);
        }

        reader.ReadEndArray();
        reader.ReadEndArray();
        return new MerkleFrontier(size, subtrees);
    }

    // MTH splits at the largest power of two below the size: everything right of a subtree of the frontier is its right sibling.
    private static Hash32 Fold(ReadOnlySpan<Hash32> subtrees)
    {
        if (subtrees.IsEmpty)
        {
            return MerkleHash.Empty;
        }

        var root = subtrees[^1];
        for (var i = subtrees.Length - 2; i >= 0; i--)
        {
            root = MerkleHash.Node(subtrees[i], root);
        }

        return root;
    }

    private ref struct Builder
    {
        private readonly Span<Hash32> _stack;
        private long _size;
        private int _count;

        public Builder(Span<Hash32> stack, MerkleFrontier start)
        {
            _stack = stack;
            _size = start.Size;
            _count = start._subtrees.Length;
            start._subtrees.CopyTo(stack);
        }

        public void Add(Hash32 leaf)
        {
            if (_size == MaxSize)
            {
                throw new OverflowException($"A tree holds at most {MaxSize} leaves.");
            }

            // Like adding 1 in binary: each trailing 1 of the size is a full subtree as large as the one just completed.
            var node = leaf;
            for (var size = _size; (size & 1) != 0; size >>= 1)
            {
                _count--;
                node = MerkleHash.Node(_stack[_count], node);
            }

            _stack[_count] = node;
            _count++;
            _size++;
        }

        public readonly MerkleFrontier ToFrontier() => new(_size, _stack[.._count].ToArray());
    }
}
