namespace Dems.Cli.Tests.Fixtures;

/// <summary>The machine's time plus a shift that a test can enlarge: what waits for a date need not be waited for. Timers run as always.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    private long _shiftTicks;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Volatile.Read(ref _shiftTicks));

    /// <summary>Moves the clock to a time, if that lies ahead.</summary>
    public void MoveTo(DateTimeOffset time)
    {
        var ahead = (time - GetUtcNow()).Ticks;
        if (ahead > 0)
        {
            Interlocked.Add(ref _shiftTicks, ahead);
        }
    }
}
