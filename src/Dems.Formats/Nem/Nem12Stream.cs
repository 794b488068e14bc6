using Dems.Core.Energy;

namespace Dems.Formats.Nem;

/// <summary>What a 200 record opens.</summary>
/// <param name="Line">Its line.</param>
/// <param name="Use">Whether its days are taken.</param>
/// <param name="MeteringPoint">Whose days they are; empty unless taken.</param>
/// <param name="Register">What they count; meaningless unless taken.</param>
/// <param name="Scale">Power of ten that makes the unit Wh.</param>
/// <param name="IntervalMinutes">5, 15 or 30.</param>
/// <param name="Skip">For a skipped stream: why, to be reported with the number of its days.</param>
internal sealed record Nem12Stream(
    long Line,
    Nem12StreamUse Use,
    string MeteringPoint = "",
    Register Register = default,
    int Scale = 0,
    int IntervalMinutes = 0,
    ImportRow.Skipped? Skip = null)
{
    private const int MinutesPerDay = 1440;

    /// <summary>Days of a skipped stream.</summary>
    public int SkippedDays { get; set; }

    /// <summary>Days seen so far, in seconds since 1970 at their beginning; the years that <see cref="NemTime"/> accepts bound it.</summary>
    public HashSet<long> Days { get; } = [];

    /// <summary>Values of a day.</summary>
    public int IntervalsPerDay => MinutesPerDay / IntervalMinutes;
}
