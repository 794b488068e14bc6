using Dems.Core.Ledger;

namespace Dems.Simulation.World;

/// <summary>One node's clock: set wrongly by an offset, and running too fast or too slow.</summary>
internal sealed class SimulatedClock(EventLoop loop)
{
    /// <summary>2026-11-22T00:00:00Z, the wall clock at virtual time 0, in milliseconds.</summary>
    public const long Epoch = 1_795_305_600_000;

    /// <summary>How far the clock is ahead, in milliseconds. May be changed at any time: a clock that is set, also backwards.</summary>
    public long OffsetMs { get; set; }

    /// <summary>How much too fast the clock runs, in parts per million.</summary>
    public int DriftPpm { get; set; }

    public BlockTime Now => new(Epoch + OffsetMs + (loop.Now + loop.Now * DriftPpm / 1_000_000) / 1_000);

    /// <summary>Microseconds of virtual time until a timer of this node goes off. Timers follow the drift, not the setting of the clock.</summary>
    public long Timer(int milliseconds) => milliseconds * 1_000L * 1_000_000 / (1_000_000 + DriftPpm);
}
