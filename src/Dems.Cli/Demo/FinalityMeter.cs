using Dems.Ingest.Importing;

namespace Dems.Cli.Demo;

/// <summary>Measures how long batches take from sending to finality. A batch may be final before its submission is answered, so either comes first.</summary>
internal sealed class FinalityMeter(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, SubmittedBatch> _open = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _finalFirst = new(StringComparer.Ordinal);
    private readonly List<double> _milliseconds = [];

    /// <summary>Readings whose batch is final.</summary>
    public long FinalReadings { get; private set; }

    /// <summary>Readings whose batch was submitted.</summary>
    public long SubmittedReadings { get; private set; }

    /// <summary>Batches that were submitted and are not final yet.</summary>
    public int OpenBatches
    {
        get
        {
            lock (_gate)
            {
                return _open.Count;
            }
        }
    }

    public void Submitted(SubmittedBatch batch)
    {
        lock (_gate)
        {
            SubmittedReadings += batch.Readings;
            if (batch.IsFinal)
            {
                FinalReadings += batch.Readings;
            }
            else if (_finalFirst.Remove(batch.Content, out var finalAt))
            {
                Measure(batch, finalAt);
            }
            else
            {
                _open[batch.Content] = batch;
            }
        }
    }

    public void Final(string content)
    {
        var now = time.GetTimestamp();
        lock (_gate)
        {
            if (_open.Remove(content, out var batch))
            {
                Measure(batch, now);
            }
            else
            {
                _finalFirst[content] = now;
            }
        }
    }

    /// <summary>The duration that a share of the batches did not exceed; 0 if none was measured.</summary>
    public double Percentile(int percent)
    {
        lock (_gate)
        {
            if (_milliseconds.Count == 0)
            {
                return 0;
            }

            _milliseconds.Sort();
            return Math.Round(_milliseconds[Math.Min(_milliseconds.Count - 1, _milliseconds.Count * percent / 100)], 1);
        }
    }

    private void Measure(SubmittedBatch batch, long finalAt)
    {
        FinalReadings += batch.Readings;
        _milliseconds.Add(time.GetElapsedTime(batch.SentAt, finalAt).TotalMilliseconds);
    }
}
