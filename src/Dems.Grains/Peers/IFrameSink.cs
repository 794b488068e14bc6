namespace Dems.Grains.Peers;

/// <summary>Takes what peers sent. The peer endpoint knows nothing of chains or signatures.</summary>
public interface IFrameSink
{
    /// <summary>Checks one frame and hands it on without waiting for what it causes.</summary>
    Task<FrameOutcome> AcceptAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken);
}
