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
    public DecidedBytes(byte[] block, byte[] certificate, object? decoded)
    {
        (Block, Certificate, _decoded) = (block, certificate, decoded);
    }

    /// <summary>Header and leaves, canonical.</summary>
    [Id(0)]
    public byte[] Block { get; }

    /// <summary>Its commit certificate, canonical.</summary>
    [Id(1)]
    public byte[] Certificate { get; }

    /// <summary>The decoded block if it was decoded in this process, otherwise null.</summary>
    public object? Decoded => _decoded;
}
