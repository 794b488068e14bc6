using CsCheck;
using Dems.Core.Settlement.Calendar;
using Dems.Formats.TimeZones;
using NodaTime;

namespace Dems.Formats.Tests.TimeZones;

/// <summary>The calendar of Core, driven by a table, against NodaTime as the independent model: every zone of the IANA database, 2020 to 2035.</summary>
public sealed class TimeZoneTablesTests
{
    private static readonly Instant From = Instant.FromUtc(2020, 1, 1, 0, 0);
    private static readonly Instant Until = Instant.FromUtc(2036, 1, 1, 0, 0);

    private static readonly IReadOnlyList<string> Zones = [.. DateTimeZoneProviders.Tzdb.Ids];

    [Fact]
    public void Days_OfAllZonesAroundEveryChange_BeginWhenNodaTimeSays()
    {
        Assert.True(Zones.Count > 500);
        foreach (var id in Zones)
        {
            var (rules, zone) = (TableOf(id), DateTimeZoneProviders.Tzdb[id]);
            var changes = zone.GetZoneIntervals(From, Until).Where(interval => interval.HasStart && interval.Start > From).Select(interval => interval.Start.InUtc().Date);
            var firsts = Enumerable.Range(0, 16 * 12).Select(month => new LocalDate(2020, 1, 1).PlusMonths(month));
            foreach (var date in changes.SelectMany(date => Enumerable.Range(-2, 5).Select(date.PlusDays)).Concat(firsts).Where(date => date.Year is >= 2020 and < 2036).Distinct())
            {
                AssertDay(rules, zone, date);
            }
        }
    }

    [Fact]
    public void EveryDay_OfZonesWithUnusualRules_BeginsWhenNodaTimeSays()
    {
        // Clocks that change at midnight, by half an hour, in the southern summer, during Ramadan, and twice in some years.
        foreach (var id in new[] { "Europe/Vienna", "Atlantic/Azores", "America/Havana", "Asia/Beirut", "Australia/Lord_Howe", "America/Santiago", "Africa/Casablanca", "Africa/Cairo", "Asia/Gaza" })
        {
            var (rules, zone) = (TableOf(id), DateTimeZoneProviders.Tzdb[id]);
            for (var date = new LocalDate(2020, 1, 2); date.Year < 2035; date = date.PlusDays(1))
            {
                AssertDay(rules, zone, date);
            }
        }
    }

    [Fact]
    public void WallClock_OfAnyZoneAndSecond_IsNodaTimes() =>
        Gen.Select(Gen.Int[0, Zones.Count - 1], Gen.Long[From.ToUnixTimeSeconds(), Until.ToUnixTimeSeconds() - 1].Array[20]).Sample(
            (zone, seconds) =>
            {
                var rules = TableOf(Zones[zone]);
                Assert.All(seconds, second => AssertWall(rules, DateTimeZoneProviders.Tzdb[Zones[zone]], second));
            },
            iter: TestScale.Times(300));

    [Fact]
    public void WallClock_OfAllZonesAtEveryChange_IsNodaTimes()
    {
        foreach (var id in Zones)
        {
            var (rules, zone) = (TableOf(id), DateTimeZoneProviders.Tzdb[id]);
            foreach (var change in zone.GetZoneIntervals(From, Until).Where(interval => interval.HasStart && interval.Start > From).Select(interval => interval.Start.ToUnixTimeSeconds()))
            {
                AssertWall(rules, zone, change - 1);
                AssertWall(rules, zone, change);
            }
        }
    }

    [Fact]
    public void DefaultTable_OfVienna_HoldsHistoryAndRulesToTheEndOfTheCentury()
    {
        Assert.True(TimeZoneTables.TryMake("Europe/Vienna", out var rules, out var error), error);
        Assert.Equal((0, TimeZoneTables.DefaultUntil.ToUnixTimeSeconds()), (rules.From, rules.Until));
        Assert.Equal(3_600, rules.OffsetAt(0));
        Assert.Equal(23 * 3600, rules.Day(new DateOnly(1980, 4, 6)).Seconds);
        Assert.Equal(25 * 3600, rules.Day(new DateOnly(2099, 10, 25)).Seconds);
    }

    [Fact]
    public void AllZones_FromTheirBeginning_FitIntoATable()
    {
        foreach (var id in Zones)
        {
            Assert.True(TimeZoneTables.TryMake(id, out var rules, out var error), $"{id}: {error}");
            Assert.Equal(id, rules.Zone);
        }
    }

    [Fact]
    public void UnknownZone_IsRefusedByName()
    {
        Assert.False(TimeZoneTables.TryMake("Europe/Atlantis", out _, out var error));
        Assert.StartsWith("time zone 'Europe/Atlantis' is not in the IANA database (TZDB: ", error, StringComparison.Ordinal);
    }

    private static LocalTimeRules TableOf(string zone)
    {
        Assert.True(TimeZoneTables.TryMake(zone, From - Duration.FromDays(3), Until + Duration.FromDays(3), out var rules, out var error), error);
        return rules;
    }

    private static void AssertWall(LocalTimeRules rules, DateTimeZone zone, long second)
    {
        var expected = Instant.FromUnixTimeSeconds(second).InZone(zone).LocalDateTime;
        var actual = rules.At(second);
        Assert.Equal((expected.Date.ToDateOnly(), (int)(expected.NanosecondOfDay / NodaConstants.NanosecondsPerSecond)), (actual.Date, actual.SecondOfDay));
        Assert.Equal((expected.Month - 1, (int)expected.DayOfWeek - 1, expected.Hour * 60 + expected.Minute), (actual.Month, actual.DayOfWeek, actual.MinuteOfDay));
    }

    private static void AssertDay(LocalTimeRules rules, DateTimeZone zone, LocalDate date)
    {
        var next = date.PlusDays(1);
        var day = rules.Day(date.ToDateOnly());
        Assert.Equal((zone.AtStartOfDay(date).ToInstant().ToUnixTimeSeconds(), zone.AtStartOfDay(next).ToInstant().ToUnixTimeSeconds()), (day.Start, day.End));
        var gas = rules.Day(date.ToDateOnly(), DayStart.GasDay);
        Assert.Equal((Six(zone, date), Six(zone, next)), (gas.Start, gas.End));
        Assert.Equal(date.ToDateOnly(), rules.DayOf(day.Start));
        Assert.Equal(date.ToDateOnly(), rules.DayOf(day.End - 1));
    }

    private static long Six(DateTimeZone zone, LocalDate date)
    {
        var mapping = zone.MapLocal(date + new NodaTime.LocalTime(6, 0));
        return (mapping.Count == 0 ? mapping.LateInterval.Start : mapping.First().ToInstant()).ToUnixTimeSeconds();
    }
}
