namespace Dems.Contracts.Grains;

/// <summary>A final block on its way to its execution. Inside a process the decoded block travels along.</summary>
[GenerateSerializer]
[Immutable]
[Alias("dems.DecidedBytes")]
public sealed class DecidedBytes
{
    [NonSerialized]
    private readonly object? _decoded;

    /// <summary>A block that was decoded in this process.</summary>
    public DecidedBytes(byte[] block, object? decoded)
    {
        Block = block;
        _decoded = decoded;
    }

    /// <summary>Header and leaves, canonical.</summary>
    [Id(0)]
    public byte[] Block { get; }

    /// <summary>The decoded block if it was decoded in this process, otherwise null.</summary>
    public object? Decoded => _decoded;
}
