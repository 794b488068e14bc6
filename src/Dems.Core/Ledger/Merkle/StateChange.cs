namespace Dems.Core.Ledger.Merkle;

/// <summary>
/// Sets or removes one key of a <see cref="StateMap"/>. A type of its own instead of a nullable value, because C# turns the null in
/// <c>condition ? bytes : null</c> into empty memory, so that a removal would quietly set an empty value.
/// </summary>
public readonly record struct StateChange
{
    private StateChange(Hash32 key, ReadOnlyMemory<byte> value, bool isRemoval) => (Key, Value, IsRemoval) = (key, value, isRemoval);

    /// <summary>The key.</summary>
    public Hash32 Key { get; }

    /// <summary>The new value; empty for a removal.</summary>
    public ReadOnlyMemory<byte> Value { get; }

    /// <summary>Whether the key goes away.</summary>
    public bool IsRemoval { get; }

    /// <summary>The key gets this value, which may be empty.</summary>
    public static StateChange Set(Hash32 key, ReadOnlyMemory<byte> value) => new(key, value, isRemoval: false);

    /// <summary>The key goes away, if it is there.</summary>
    public static StateChange Remove(Hash32 key) => new(key, default, isRemoval: true);
}
