using CsCheck;
using Dems.Core.Ledger.Merkle;
using Xunit;

namespace Dems.Core.Tests.Ledger.Merkle;

public sealed class StateMapTests
{
    // Few distinct values at chosen places of the key, so that keys repeat and share long prefixes (up to 255 bits) as well as short ones.
    internal static readonly Gen<Hash32> Key = Gen.Select(Gen.Byte[0, 15], Gen.OneOf(Gen.Const((byte)0), Gen.Const((byte)0x80), Gen.Const((byte)0xff)), Gen.Byte[0, 3]).Select((first, middle, last) =>
    {
        var bytes = new byte[32];
        (bytes[0], bytes[15], bytes[31]) = ((byte)(first < 8 ? 0 : first << 4), middle, last);
        return new Hash32(bytes);
    });

    private static readonly Gen<byte[]?> Value = Gen.Frequency((1, Gen.Const(() => (byte[]?)null)), (2, Gen.Byte[0, 4].Array[0, 2].Select<byte[], byte[]?>(bytes => bytes)));

    private static readonly Gen<Dictionary<Hash32, byte[]?>> Batch =
        Gen.Select(Key, Value).Array[0, 40].Select(pairs => pairs.GroupBy(pair => pair.Item1).ToDictionary(group => group.Key, group => group.Last().Item2));

    [Fact]
    public void Empty_HasZeroRootAndNothing()
    {
        Assert.Equal(Hash32.Zero, StateMap.Empty.Root);
        Assert.Equal(0, StateMap.Empty.Count);
        Assert.False(StateMap.Empty.TryGet(default, out _));
        Assert.Empty(StateMap.Empty.Enumerate());
    }

    [Fact]
    public void Root_OfSmallMaps_IsThatOfDefinitionByHand()
    {
        var left = new Hash32(Convert.FromHexString("00" + new string('1', 62)));
        var right = new Hash32(Convert.FromHexString("40" + new string('2', 62)));
        var leftLeaf = MerkleHash.Leaf([.. left.ToArray(), .. Hash32.Of([7]).ToArray()]);
        var rightLeaf = MerkleHash.Leaf([.. right.ToArray(), .. Hash32.Of([]).ToArray()]);
        var one = StateMap.Empty.Apply([StateChange.Set(left, new byte[] { 7 })]);
        Assert.Equal(leftLeaf, one.Root);

        // Both keys start with bit 0 and differ in bit 1: an inner node with an empty right side, then the two leaves.
        var two = one.Apply([StateChange.Set(right, default)]);
        Assert.Equal(MerkleHash.Node(MerkleHash.Node(leftLeaf, rightLeaf), Hash32.Zero), two.Root);
        Assert.Equal(leftLeaf, two.Apply([StateChange.Remove(right)]).Root);
    }

    [Fact]
    public void Apply_RandomBatches_AgreesWithSortedDictionary() =>
        Batch.Array[1, 6].Sample(
            batches =>
            {
                var (map, model) = (StateMap.Empty, new SortedDictionary<Hash32, byte[]>());
                foreach (var batch in batches)
                {
                    var before = (map, map.Root, map.Count);
                    map = map.Apply(Changes(batch));
                    ApplyTo(model, batch);
                    Assert.Equal(before, (before.map, before.map.Root, before.map.Count));
                    AssertSame(model, map);
                }
            },
            iter: TestScale.Times(30));

    [Fact]
    public void Root_AfterDifferentHistories_IsEqual() =>
        Gen.Select(Batch, Batch, Gen.Int[1, 5]).Sample(
            (wanted, noise, step) =>
            {
                var straight = StateMap.Empty.Apply(Changes(wanted));
                var detour = StateMap.Empty.Apply(Changes(noise));
                foreach (var chunk in wanted.Reverse().Chunk(step))
                {
                    detour = detour.Apply(Changes(chunk));
                }

                detour = detour.Apply(noise.Keys.Where(key => !wanted.ContainsKey(key)).Select(StateChange.Remove));
                Assert.Equal(straight.Root, detour.Root);
                Assert.Equal(straight.Count, detour.Count);
                Assert.Equal(Hash32.Zero, detour.Apply(wanted.Keys.Select(StateChange.Remove)).Root);
            },
            iter: TestScale.Times(30));

    [Fact]
    public void Apply_WithoutEffect_GivesSameObject() =>
        Batch.Sample(
            batch =>
            {
                var map = StateMap.Empty.Apply(Changes(batch));
                var absent = Enumerable.Range(0, 20).Select(i => Samples.HashOf($"absent {i}"));
                Assert.Same(map, map.Apply(map.Enumerate().Select(pair => StateChange.Set(pair.Key, pair.Value.ToArray())).Concat(absent.Select(StateChange.Remove))));
            },
            iter: TestScale.Times(50));

    [Fact]
    public void Apply_OneKeyTwice_Throws()
    {
        var key = Samples.HashOf("key");
        Assert.Throws<ArgumentException>(() => StateMap.Empty.Apply([StateChange.Set(key, new byte[] { 1 }), StateChange.Set(Samples.HashOf("other"), default), StateChange.Remove(key)]));
    }

    [Fact]
    public void Apply_ThenCallerChangesBuffer_KeepsValue()
    {
        var (key, buffer) = (Samples.HashOf("key"), new byte[] { 1, 2, 3 });
        var map = StateMap.Empty.Apply([StateChange.Set(key, buffer)]);
        buffer[0] = 9;
        Assert.True(map.TryGet(key, out var value));
        Assert.Equal([1, 2, 3], value.ToArray());
    }

    [Fact]
    public void Apply_DeepestPossibleKeys_Works()
    {
        var low = new byte[32];
        var high = new byte[32];
        high[31] = 1;
        var map = StateMap.Empty.Apply([StateChange.Set(new Hash32(low), new byte[] { 0 }), StateChange.Set(new Hash32(high), new byte[] { 1 })]);
        Assert.Equal(256, map.Prove(new Hash32(low)).Siblings.Count);
        AssertSame(new() { [new Hash32(low)] = [0], [new Hash32(high)] = [1] }, map);
    }

    private static IEnumerable<StateChange> Changes(IEnumerable<KeyValuePair<Hash32, byte[]?>> batch) =>
        batch.Select(pair => pair.Value is null ? StateChange.Remove(pair.Key) : StateChange.Set(pair.Key, pair.Value));

    private static void ApplyTo(SortedDictionary<Hash32, byte[]> model, Dictionary<Hash32, byte[]?> batch)
    {
        foreach (var (key, value) in batch)
        {
            _ = model.Remove(key);
            if (value is not null)
            {
                model.Add(key, value);
            }
        }
    }

    private static void AssertSame(SortedDictionary<Hash32, byte[]> model, StateMap map)
    {
        Assert.Equal(model.Count, map.Count);
        Assert.Equal(ReferenceMap.Root(model), map.Root.ToArray());
        Assert.Equal(model.Select(pair => (pair.Key, Convert.ToHexString(pair.Value))), map.Enumerate().Select(pair => (pair.Key, Convert.ToHexString(pair.Value.Span))));
        foreach (var (key, expected) in model)
        {
            Assert.True(map.TryGet(key, out var value));
            Assert.Equal(expected, value.ToArray());
        }
    }
}
