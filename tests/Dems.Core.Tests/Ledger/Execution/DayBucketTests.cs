using CsCheck;
using Dems.Core.Energy;
using Dems.Core.Ledger.Execution;
using Xunit;

namespace Dems.Core.Tests.Ledger.Execution;

public sealed class DayBucketTests
{
    private static readonly Gen<ReadingSlot> Slots = Gen.Select(
        Gen.Int[0, 95], Gen.OneOf(Gen.Long[0, 255], Gen.Long[0, 70_000], Gen.Long[0, Reading.MaxQuantity]), Gen.Int[1, 2], Gen.Int[0, 1],
        (quarter, quantity, quality, revision) => new ReadingSlot(quarter * 900, 900, quantity, (Quality)quality, revision));

    [Fact]
    public void Bucket_FilledInAnyOrder_HoldsTheLastOfEachStartAndOneEncoding() => Slots.Array[0, 200].Sample(
        slots =>
        {
            var model = new SortedDictionary<int, ReadingSlot>();
            var bucket = new DayBucket();
            foreach (var slot in slots)
            {
                model[slot.Offset] = slot;
                bucket.Put(slot);
            }

            var inOrder = new DayBucket();
            foreach (var slot in model.Values)
            {
                inOrder.Put(slot);
            }

            var decoded = DayBucket.Decode(bucket.Encode());
            return bucket.Encode().AsSpan().SequenceEqual(inOrder.Encode())
                && Enumerable.Range(0, decoded.Count).Select(i => decoded[i]).SequenceEqual(model.Values);
        },
        iter: TestScale.Times(500));

    [Fact]
    public void Day_OfQuarterHours_TakesOneRun()
    {
        var bucket = new DayBucket();
        for (var i = 0; i < 96; i++)
        {
            bucket.Put(new ReadingSlot(i * 900, 900, 200 + i, Quality.Measured, 0));
        }

        Assert.Equal(14 + (96 * 2), bucket.Encode().Length);
    }
}
