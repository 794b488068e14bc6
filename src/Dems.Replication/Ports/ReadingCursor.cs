using Dems.Core.Energy;

namespace Dems.Replication.Ports;

/// <summary>Place of a reading in the order of a query: by start, register, duration, revision.</summary>
/// <param name="Start">Interval start.</param>
/// <param name="Register">Register.</param>
/// <param name="Duration">Interval length.</param>
/// <param name="Revision">Revision.</param>
public readonly record struct ReadingCursor(long Start, Register Register, int Duration, int Revision) : IComparable<ReadingCursor>
{
    /// <summary>The place of a reading.</summary>
    public static ReadingCursor Of(Reading reading) => new(reading.Start, reading.Register, reading.Duration, reading.Revision);

    /// <inheritdoc/>
    public int CompareTo(ReadingCursor other)
    {
        var order = Start.CompareTo(other.Start);
        order = order != 0 ? order : Register.CompareTo(other.Register);
        order = order != 0 ? order : Duration.CompareTo(other.Duration);
        return order != 0 ? order : Revision.CompareTo(other.Revision);
    }
}
