using CsCheck;
using Dems.Core.Energy;
using Dems.Core.Energy.Plausibility;
using Dems.Core.Ledger.Entries;
using Dems.Core.Ledger.Execution;
using Xunit;

namespace Dems.Core.Tests.Ledger.Execution;

public sealed class BatchPlausibilityTests
{
    private const long T = Samples.Midnight;

    [Fact]
    public void Judge_AgainstTheStateBeforeAndAfter_GivesTheSameMarks()
    {
        // The test node's connection carries 11 kW: 3,025 Wh in a quarter of an hour with the margin.
        var chain = TestChain.WithNode();
        chain.Execute(chain.Import(chain.NodeKey, T - 900, 0, 100));
        var entry = chain.Import(chain.NodeKey, T, 0, 3_026, 90, 2_600, 3_000);
        var batch = (ReadingBatch)entry.Body;

        var before = BatchPlausibility.Judge(chain.State, batch, T + 3_600);
        Assert.Equal([EntryOutcome.Applied], chain.Execute(entry));
        var after = BatchPlausibility.Judge(chain.State, batch, T + 3_600);

        Assert.Equal([Implausibility.AbovePowerLimit | Implausibility.Jump, Implausibility.None, Implausibility.Jump, Implausibility.Jump], before);
        Assert.Equal(before, after);
    }

    [Fact]
    public void Judge_OneDayInOneBatchOrInMany_GivesTheSameMarks()
    {
        var quantity = Gen.OneOf(Gen.Long[0, 5], Gen.Long[0, 3_000], Gen.Long[2_400, 120_000], Gen.Long[0, 10_000_000]);
        Gen.Select(quantity.Array[1, 24], Gen.Int[1, 8]).Sample(
            (quantities, size) =>
            {
                var chain = TestChain.WithNode();
                var whole = new ReadingBatch(chain.Node, [new ReadingRun(Register.Import, T, 900, Quality.Measured, 0, quantities)]);
                var expected = BatchPlausibility.Judge(chain.State, whole, T);
                var found = new List<Implausibility>();
                foreach (var (part, index) in quantities.Chunk(size).Select((part, index) => (part, index)))
                {
                    var entry = chain.Import(chain.NodeKey, T + (long)index * size * 900, 0, part);
                    Assert.Equal([EntryOutcome.Applied], chain.Execute(entry));
                    found.AddRange(BatchPlausibility.Judge(chain.State, (ReadingBatch)entry.Body, T));
                }

                Assert.Equal(expected, found);
            },
            iter: TestScale.Times(100));
    }

    [Fact]
    public void Judge_OfAnUnknownNode_MarksNothing()
    {
        var chain = new TestChain();
        var batch = (ReadingBatch)chain.Import(chain.NodeKey, T, 0, 1L << 53).Body;

        Assert.Equal([Implausibility.None], BatchPlausibility.Judge(chain.State, batch, 0));
    }
}
