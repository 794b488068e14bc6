namespace Dems.Contracts.Grains;

/// <summary>A peer's frame on its way to the head. Inside a process the opened form travels along; to another silo only the bytes do, and they are opened again there.</summary>
[GenerateSerializer]
[Immutable]
[Alias("dems.DeliveredFrame")]
public sealed class DeliveredFrame
{
    [NonSerialized]
    private readonly object? _opened;

    /// <summary>A frame that was opened in this process.</summary>
    public DeliveredFrame(ReadOnlyMemory<byte> bytes, object? opened)
    {
        Bytes = bytes;
        _opened = opened;
    }

    /// <summary>The signed frame.</summary>
    [Id(0)]
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The opened frame if it was opened in this process, otherwise null.</summary>
    public object? Opened => _opened;
}
