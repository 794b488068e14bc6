using Dems.Core.Settlement.Calendar;
using NodaTime;

namespace Dems.Formats.TimeZones;

/// <summary>
/// Writes zones of the IANA database that NodaTime brings along (the same on every machine) as tables for <see cref="LocalTimeRules"/>. Members compare
/// hashes of tables, not versions of databases: an update that leaves a pool's zone alone changes nothing.
/// </summary>
public static class TimeZoneTables
{
    /// <summary>What a table covers unless it is told otherwise: from 1970.</summary>
    public static Instant DefaultFrom { get; } = Instant.FromUtc(1970, 1, 1, 0, 0);

    /// <summary>What a table covers unless it is told otherwise: to the end of 2099, by the rules known today.</summary>
    public static Instant DefaultUntil { get; } = Instant.FromUtc(2100, 1, 1, 0, 0);

    /// <summary>Version of the database, for people.</summary>
    public static string DatabaseVersion => DateTimeZoneProviders.Tzdb.VersionId;

    /// <summary>The table of a zone; false with a reason if the zone is not known.</summary>
    public static bool TryMake(string zone, out LocalTimeRules rules, out string error) => TryMake(zone, DefaultFrom, DefaultUntil, out rules, out error);

    /// <summary>The table of a zone for [from, until), in whole seconds.</summary>
    public static bool TryMake(string zone, Instant from, Instant until, out LocalTimeRules rules, out string error)
    {
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is not { } source)
        {
            rules = null!;
            error = $"time zone '{zone}' is not in the IANA database ({DatabaseVersion})";
            return false;
        }

        List<OffsetChange> changes = [];
        foreach (var interval in source.GetZoneIntervals(from, until))
        {
            var start = interval.HasStart && interval.Start > from ? interval.Start : from;
            var offset = interval.WallOffset.Seconds;

            // A change of name alone (of standard and daylight time, say) moves no clock.
            if (changes.Count == 0 || changes[^1].OffsetSeconds != offset)
            {
                changes.Add(new OffsetChange(start.ToUnixTimeSeconds(), offset));
            }
        }

        return LocalTimeRules.TryCreate(zone, changes, until.ToUnixTimeSeconds(), out rules, out error);
    }
}
