using Dems.Core.Ledger.Merkle;

namespace Dems.Core.Settlement.OnChain;

/// <summary>Reads a pool's records from a state and remembers which keys were looked up, so that just these can be proven to somebody else.</summary>
public sealed class StateReading
{
    private readonly StateMap _map;
    private readonly SortedSet<Hash32> _keys = [];

    private StateReading(StateMap map) => _map = map;

    /// <summary>What the state says.</summary>
    public PoolRecords Records { get; private set; } = null!;

    /// <summary>Reads a state.</summary>
    /// <exception cref="InvalidOperationException">It is damaged.</exception>
    public static StateReading Of(StateMap map)
    {
        var reading = new StateReading(map);
        reading.Records = PoolRecords.TryRead(reading.Look, out var records, out var error) ? records : throw new InvalidOperationException($"The state is damaged: {error}.");
        return reading;
    }

    /// <summary>Proofs of all that was read, ascending by key.</summary>
    public IReadOnlyList<ProvenState> Prove() => [.. _keys.Select(key => new ProvenState(key, Value(key), _map.Prove(key)))];

    private ReadOnlyMemory<byte>? Look(Hash32 key)
    {
        _keys.Add(key);
        return Value(key);
    }

    private ReadOnlyMemory<byte>? Value(Hash32 key) => _map.TryGet(key, out var value) ? new ReadOnlyMemory<byte>?(value) : null;
}
