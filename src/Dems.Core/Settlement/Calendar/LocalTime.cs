namespace Dems.Core.Settlement.Calendar;

/// <summary>What a clock and a calendar on the wall show.</summary>
/// <param name="Date">The date.</param>
/// <param name="SecondOfDay">Seconds since midnight as the clock shows them, 0…86 399.</param>
public readonly record struct LocalTime(DateOnly Date, int SecondOfDay)
{
    /// <summary>0…1439.</summary>
    public int MinuteOfDay => SecondOfDay / 60;

    /// <summary>0…11, January is 0.</summary>
    public int Month => Date.Month - 1;

    /// <summary>0…6, Monday is 0 (ISO 8601).</summary>
    public int DayOfWeek => ((int)Date.DayOfWeek + 6) % 7;
}
