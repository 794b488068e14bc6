using CsCheck;
using Dems.Core.Energy;
using Dems.Core.Energy.Plausibility;
using Dems.Storage.Projections;

namespace Dems.Storage.Tests.Projections;

public sealed class DayPageTests
{
    private static readonly Gen<StoredReading> Readings =
        from offset in Gen.Int[0, 20].Select(quarter => quarter * 900)
        from duration in Gen.Int[0, 3].Select(i => i == 3 ? Reading.MaxDuration : 900)
        from revision in Gen.Int[0, 3].Select(i => i == 3 ? Reading.MaxRevision : i / 2)
        from quantity in Gen.OneOf(Gen.Long[0, 300], Gen.Long[0, Reading.MaxQuantity])
        from quality in Gen.Enum<Quality>()
        from entry in Gen.Long[0, 2]
        from marks in Gen.Int[0, 15]
        select new StoredReading(offset, duration, revision, quantity, quality, entry, (Implausibility)marks);

    [Fact]
    public void TryAdd_AnyOrder_KeepsTheFirstOfEachIntervalAndRevisionInOrder() =>
        Readings.Array[0, 60].Sample(
            readings =>
            {
                var page = new DayPage();
                var expected = new SortedDictionary<(int, int, int), StoredReading>();
                foreach (var reading in readings)
                {
                    Assert.Equal(expected.TryAdd((reading.Offset, reading.Duration, reading.Revision), reading), page.TryAdd(reading));
                }

                Assert.Equal(expected.Values, page.Readings);
            },
            iter: TestScale.Times(200));

    [Fact]
    public void Decode_Encoded_GivesTheSameReadings() =>
        Readings.Array[0, 60].Sample(
            readings =>
            {
                var page = PageOf(readings);
                Assert.Equal(page.Readings, DayPage.Decode(page.Encode()).Readings);
            },
            iter: TestScale.Times(200));

    [Fact]
    public void Encode_DayOfOneBatch_TakesAByteOrTwoPerReading()
    {
        var page = PageOf(Enumerable.Range(0, 96).Select(i => new StoredReading(i * 900, 900, 0, 10 * i, Quality.Measured, 7, Implausibility.None)));

        Assert.InRange(page.Encode().Length, 96, 2 * 96 + 32);
    }

    private static DayPage PageOf(IEnumerable<StoredReading> readings)
    {
        var page = new DayPage();
        foreach (var reading in readings)
        {
            page.TryAdd(reading);
        }

        return page;
    }
}
