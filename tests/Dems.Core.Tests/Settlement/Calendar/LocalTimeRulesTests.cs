using CsCheck;
using Dems.Core.Energy;
using Dems.Core.Settlement.Calendar;
using Xunit;
using static Dems.Core.Tests.Settlement.Given;

namespace Dems.Core.Tests.Settlement.Calendar;

/// <summary>Examples by hand; against a time-zone database the table is tried in Dems.Formats.Tests.</summary>
public sealed class LocalTimeRulesTests
{
    [Theory]
    [InlineData("2026-03-28", 24)]
    [InlineData("2026-03-29", 23)]
    [InlineData("2026-10-25", 25)]
    [InlineData("2026-10-26", 24)]
    public void Day_WhereClocksChange_IsLongerOrShorter(string date, int hours) => Assert.Equal(hours * 3600L, Vienna.Day(DateOnly.Parse(date)).Seconds);

    // The gas day of a Saturday holds the change in the night to Sunday.
    [Theory]
    [InlineData("2026-03-27", 24)]
    [InlineData("2026-03-28", 23)]
    [InlineData("2026-03-29", 24)]
    [InlineData("2026-10-24", 25)]
    [InlineData("2026-10-25", 24)]
    public void GasDay_WhereClocksChange_IsLongerOrShorter(string date, int hours)
    {
        var day = Vienna.Day(DateOnly.Parse(date), DayStart.GasDay);
        Assert.Equal(hours * 3600L, day.Seconds);
        Assert.Equal(new LocalTime(DateOnly.Parse(date), 6 * 3600), Vienna.At(day.Start));
    }

    [Fact]
    public void SpanOf_Month_BeginsAtMidnightForElectricityAndAtSixForGas()
    {
        var march = BillingPeriod.Month(2026, 3);
        Assert.Equal(new UtcSpan(Utc("2026-02-28T23:00"), Utc("2026-03-31T22:00")), Vienna.SpanOf(march, Carrier.Electricity));
        Assert.Equal(new UtcSpan(Utc("2026-03-01T05:00"), Utc("2026-04-01T04:00")), Vienna.SpanOf(march, Carrier.NaturalGas));
    }

    [Theory]
    [InlineData("2026-03-29T00:59", "2026-03-29", 119)]
    [InlineData("2026-03-29T01:00", "2026-03-29", 180)]
    [InlineData("2026-10-25T00:30", "2026-10-25", 150)]
    [InlineData("2026-10-25T01:30", "2026-10-25", 150)]
    [InlineData("2026-12-31T23:00", "2027-01-01", 0)]
    public void At_AroundChanges_ShowsTheWall(string utc, string date, int minute) => Assert.Equal((DateOnly.Parse(date), minute), (Vienna.At(Utc(utc)).Date, Vienna.At(Utc(utc)).MinuteOfDay));

    [Theory]
    [InlineData("2026-03-29", 150, "2026-03-29T01:00")] // skipped: the end of the gap
    [InlineData("2026-10-25", 150, "2026-10-25T00:30")] // twice: the earlier
    public void FirstSecondOf_SkippedOrRepeatedTime_IsDefined(string date, int minute, string utc) => Assert.Equal(Utc(utc), Vienna.FirstSecondOf(DateOnly.Parse(date), minute * 60));

    [Fact]
    public void DayOf_AnySecond_IsTheDayThatHoldsIt() =>
        Gen.Select(Gen.Long[Utc("2025-01-02T00:00"), Utc("2027-12-30T00:00")], Gen.OneOf(Gen.Const(DayStart.Midnight), Gen.Const(DayStart.GasDay))).Sample(
            (second, start) => Vienna.Day(Vienna.DayOf(second, start), start).Contains(second),
            iter: TestScale.Times(1_000));

    [Fact]
    public void DayOf_WhereClocksGoBackOverMidnight_FollowsTheSpans()
    {
        // At 00:01 on 2 November back to 23:01 on the 1st (Newfoundland until 2011 did so): the 2nd begins once, at its first midnight.
        var zone = Zone("Test/Back", (Utc("2026-01-01T00:00"), 0), (Utc("2026-11-02T00:01"), -3600));
        Assert.Equal(new DateOnly(2026, 11, 1), zone.At(Utc("2026-11-02T00:01")).Date);
        Assert.Equal(new DateOnly(2026, 11, 2), zone.DayOf(Utc("2026-11-02T00:01")));
        Assert.Equal(Utc("2026-11-02T00:00"), zone.Day(new DateOnly(2026, 11, 2)).Start);
        Assert.Equal(25 * 3600L, zone.Day(new DateOnly(2026, 11, 2)).Seconds);
    }

    [Theory]
    [InlineData("2026-02-02", 1, 0)]
    [InlineData("2026-02-01", 1, 6)]
    [InlineData("2026-12-07", 11, 0)]
    public void LocalTime_OfDates_CountsMonthsFromJanuaryAndDaysFromMonday(string date, int month, int day) =>
        Assert.Equal((month, day), (new LocalTime(DateOnly.Parse(date), 0).Month, new LocalTime(DateOnly.Parse(date), 0).DayOfWeek));

    [Fact]
    public void Covers_AtTheEdges_KeepsRoomForOffsets()
    {
        Assert.True(Vienna.Covers(BillingPeriod.Month(2026, 6)));
        Assert.False(Vienna.Covers(BillingPeriod.Month(2027, 12)));
        Assert.False(Vienna.Covers(BillingPeriod.Month(2024, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Vienna.OffsetAt(Vienna.Until));
        Assert.Throws<ArgumentOutOfRangeException>(() => Vienna.OffsetAt(Vienna.From - 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Vienna.FirstSecondOf(new DateOnly(2028, 2, 1), 0));
    }

    [Fact]
    public void TryCreate_BrokenTables_AreRefusedWithTheirPlace()
    {
        Assert.Equal("zone: 1…64 printable ASCII characters without spaces are allowed", Refusal("A zone", 100, (0, 0)));
        Assert.Equal("changes: 1…2000 are allowed, not 0", Refusal("Z", 100));
        Assert.Equal("changes[1]: must be later than the one before and change the offset", Refusal("Z", 100, (0, 0), (0, 3600)));
        Assert.Equal("changes[1]: must be later than the one before and change the offset", Refusal("Z", 100, (0, 0), (5, 0)));
        Assert.Equal("changes[0]: an offset of 64801 s is beyond 64800 s", Refusal("Z", 100, (0, 64_801)));
        Assert.StartsWith("the table must end after its last change", Refusal("Z", 5, (0, 0), (5, 60)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-01-01", "2026-01-01", false)]
    [InlineData("2026-01-01", "2027-01-02", true)]
    [InlineData("2026-01-01", "2027-01-03", false)]
    public void BillingPeriod_Length_IsBounded(string first, string end, bool valid) => Assert.Equal(valid, new BillingPeriod(DateOnly.Parse(first), DateOnly.Parse(end)).IsValid);

    private static string Refusal(string zone, long until, params (long At, int Offset)[] changes)
    {
        Assert.False(LocalTimeRules.TryCreate(zone, [.. changes.Select(change => new OffsetChange(change.At, change.Offset))], until, out _, out var error));
        return error;
    }
}
