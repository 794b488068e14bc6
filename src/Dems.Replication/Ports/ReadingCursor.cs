using Dems.Core.Energy;

namespace Dems.Replication.Ports;

/// <summary>Place of a reading in the order of a query: by start, register, duration, revision.</summary>
/// <param name="Start">Interval start.</param>
/// <param name="Register">Register.</param>
/// <param name="Duration">Interval length.</param>
/// <param name="Revision">Revision.</param>
public readonly record struct ReadingCursor(long Start, Register Register, int Duration, int Revision)
{
    /// <summary>The place of a reading.</summary>
    public static ReadingCursor Of(Reading reading) => new(reading.Start, reading.Register, reading.Duration, reading.Revision);
}
