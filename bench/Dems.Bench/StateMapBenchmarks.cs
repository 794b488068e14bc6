using BenchmarkDotNet.Attributes;
using Dems.Core;
using Dems.Core.Ledger.Merkle;

namespace Dems.Bench;

/// <summary>The state map at the size of a large pool: what a block's changes, one look-up and one proof cost.</summary>
[MemoryDiagnoser]
public class StateMapBenchmarks
{
    private StateMap _map = StateMap.Empty;
    private StateChange[] _updates = [];
    private StateChange[] _inserts = [];
    private StateProof _proof = null!;

    /// <summary>Keys in the map.</summary>
    [Params(10_000, 1_000_000)]
    public int Keys { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _map = StateMap.Empty.Apply(Enumerable.Range(0, Keys).Select(i => StateChange.Set(KeyOf(i), new byte[64])));
        _updates = [.. Enumerable.Range(0, 1_000).Select(i => StateChange.Set(KeyOf(i * (Keys / 1_000)), new byte[65]))];
        _inserts = [.. Enumerable.Range(Keys, 1_000).Select(i => StateChange.Set(KeyOf(i), new byte[64]))];
        _proof = Prove();
    }

    [Benchmark]
    public Hash32 Update1000() => _map.Apply(_updates).Root;

    [Benchmark]
    public Hash32 Insert1000() => _map.Apply(_inserts).Root;

    [Benchmark]
    public bool TryGet() => _map.TryGet(_updates[500].Key, out _);

    [Benchmark]
    public StateProof Prove() => _map.Prove(_updates[500].Key);

    [Benchmark]
    public bool Verify() => _proof.VerifyPresent(_map.Root, _updates[500].Key, new byte[64]);

    private static Hash32 KeyOf(int i) => Hash32.Of(BitConverter.GetBytes(i));
}
