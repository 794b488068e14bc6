using System.Diagnostics;

namespace Dems.Storage.Integrity;

/// <summary>Keeps a scan in the background: it works for a moment and rests for longer, so that it takes a quarter of one processor and a share of the disk.</summary>
internal sealed class ScanPace(CancellationToken cancellationToken)
{
    private const int WorkMs = 5;
    private const int RestMs = 15;

    private long _since = Stopwatch.GetTimestamp();

    /// <summary>Rests if it is time to. True if the scan is to end.</summary>
    public bool Step()
    {
        if (Stopwatch.GetElapsedTime(_since).TotalMilliseconds < WorkMs)
        {
            return cancellationToken.IsCancellationRequested;
        }

        var ended = cancellationToken.WaitHandle.WaitOne(RestMs);
        _since = Stopwatch.GetTimestamp();
        return ended;
    }
}
