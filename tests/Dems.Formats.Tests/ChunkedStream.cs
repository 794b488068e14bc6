namespace Dems.Formats.Tests;

/// <summary>Gives its bytes in small pieces of varying size, as networks and pipes do.</summary>
internal sealed class ChunkedStream(byte[] content, int seed, int largest) : MemoryStream(content)
{
    private readonly Random _random = new(seed);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer[..Math.Min(buffer.Length, _random.Next(1, largest + 1))], cancellationToken);
}
