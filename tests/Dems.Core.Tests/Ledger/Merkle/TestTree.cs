using Dems.Core.Ledger.Merkle;

namespace Dems.Core.Tests.Ledger.Merkle;

/// <summary>A tree in memory whose subtree roots come from the reference definition.</summary>
internal sealed class TestTree(Hash32[] leaves) : ISubtreeSource
{
    private readonly byte[][] _raw = [.. leaves.Select(leaf => leaf.ToArray())];

    public TestTree(int size)
        : this([.. Enumerable.Range(0, size).Select(i => Samples.HashOf($"leaf {i}"))])
    {
    }

    public Hash32[] Leaves { get; } = leaves;

    public ReadOnlySpan<byte[]> Raw(int size) => _raw.AsSpan(0, size);

    public Hash32 GetSubtreeRoot(int level, long index) => new(ReferenceTree.Root(_raw.AsSpan((int)(index << level), 1 << level)));
}
