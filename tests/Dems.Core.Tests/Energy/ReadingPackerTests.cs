using CsCheck;
using Dems.Core.Energy;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Entries;
using Xunit;

namespace Dems.Core.Tests.Energy;

public sealed class ReadingPackerTests
{
    private static readonly Gen<Reading> Readings = Gen.Select(
        Gen.Int[1, 3], Gen.Int[0, 400], Gen.Long[0, 5], Gen.Int[1, 2], Gen.Int[0, 2],
        (register, interval, quantity, quality, revision) =>
            new Reading((Register)register, Samples.Midnight + (interval * 900L), 900, quantity, (Quality)quality, revision));

    [Fact]
    public void Readings_Packed_ComeBackInBatchesThatDecodeWithRevisionsInOrder() => Readings.Array[1, 1_500].Sample(
        readings =>
        {
            Assert.True(ReadingBatch.TryPack(Samples.Node, readings, out var batches, out var error), error);
            var all = batches.SelectMany(batch => batch.Expand()).ToArray();
            Assert.Equal(readings.OrderBy(r => r.ToString(), StringComparer.Ordinal), all.OrderBy(r => r.ToString(), StringComparer.Ordinal));
            foreach (var batch in batches)
            {
                EntryBuilder.Sign(batch, Samples.Chain, 0, Samples.Salt, Samples.NodeKey); // throws unless it decodes
            }

            foreach (var interval in all.GroupBy(r => (r.Register, r.Start)))
            {
                Assert.Equal(interval.Select(r => r.Revision).Order(), interval.Select(r => r.Revision));
            }
        },
        iter: TestScale.Times(30));

    [Fact]
    public void Readings_Overlapping_AreRefusedWithTheirPlace()
    {
        Reading[] readings = [new(Register.Import, 900, 900, 1, Quality.Measured, 0), new(Register.Import, 1_000, 900, 1, Quality.Measured, 0)];
        Assert.False(ReadingBatch.TryPack(Samples.Node, readings, out _, out var error));
        Assert.Contains("1000", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_OutOfBounds_IsRefused()
    {
        Assert.False(ReadingBatch.TryPack(Samples.Node, [new(Register.Import, 0, 0, 1, Quality.Measured, 0)], out _, out _));
        Assert.False(ReadingBatch.TryPack(Samples.Node, [new(Register.Import, 0, 900, -1, Quality.Measured, 0)], out _, out _));
        Assert.False(ReadingBatch.TryPack(Samples.Node, [new((Register)99, 0, 900, 1, Quality.Measured, 0)], out _, out _));
    }
}
