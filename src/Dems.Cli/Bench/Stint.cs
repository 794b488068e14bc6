using System.Diagnostics;

namespace Dems.Cli.Bench;

/// <summary>Wall time and CPU time of this process between two moments.</summary>
internal readonly struct Stint
{
    private readonly long _started;
    private readonly TimeSpan _cpu;

    private Stint(long started, TimeSpan cpu) => (_started, _cpu) = (started, cpu);

    public static Stint Start()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return new Stint(Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
    }

    /// <summary>Readings per second of wall time, and microseconds of CPU for each.</summary>
    public (double PerSecond, double CpuMicroseconds) Per(long readings)
    {
        var seconds = Stopwatch.GetElapsedTime(_started).TotalSeconds;
        var cpu = Environment.CpuUsage.TotalTime - _cpu;
        return (Math.Round(readings / seconds), Math.Round(cpu.TotalMicroseconds / readings, 3));
    }
}
