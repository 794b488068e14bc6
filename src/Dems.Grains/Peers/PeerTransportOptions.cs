namespace Dems.Grains.Peers;

/// <summary>Bounds of what is kept for peers that do not take it.</summary>
public sealed record PeerTransportOptions
{
    /// <summary>Frames up to this length go on the quick lane, with the votes.</summary>
    public int QuickFrameBytes { get; init; } = 16 * 1024;

    /// <summary>Frames kept per lane and peer.</summary>
    public int MaxFrames { get; init; } = 4_096;

    /// <summary>Bytes kept per lane and peer.</summary>
    public long MaxLaneBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>Frames put into one request.</summary>
    public int MaxFramesPerRequest { get; init; } = 256;

    /// <summary>Bytes put into one request, unless one frame alone is longer.</summary>
    public long MaxRequestBytes { get; init; } = 8L * 1024 * 1024;

    /// <summary>First pause after a failure; it doubles with each further one.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Longest pause: a peer that comes back is noticed within it.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A request that takes longer has failed.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
