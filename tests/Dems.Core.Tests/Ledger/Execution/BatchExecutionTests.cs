using Dems.Core.Energy;
using Dems.Core.Ledger.Entries;
using Dems.Core.Ledger.Execution;
using Xunit;
using static Dems.Core.Ledger.Execution.EntryOutcome;

namespace Dems.Core.Tests.Ledger.Execution;

public sealed class BatchExecutionTests
{
    private const long T = Samples.Midnight;
    private const int Day = (int)(T / 86_400);

    [Fact]
    public void Batch_ByNodeKeyAndByGateway_FillsTheDay()
    {
        var chain = TestChain.WithNode();
        Assert.Equal([Applied, Applied], chain.Execute(chain.Import(chain.Gateway, T + 1_800, 0, 3, 4), chain.Import(chain.NodeKey, T, 0, 1, 2)));
        Assert.Equal([(T, 1L, 0), (T + 900, 2L, 0), (T + 1_800, 3L, 0), (T + 2_700, 4L, 0)], chain.ReadDay(Day));
    }

    [Fact]
    public void Batch_Executed_SaysInItsRowWhatSignedIt()
    {
        var chain = TestChain.WithNode();
        var stranger = new KeyedHashSigner("stranger");
        var device = new KeyedHashSigner("device");
        chain.Execute(chain.Sign(new Delegation(device.PublicKey, DelegationRole.Device, chain.Node, [Register.Import], T, 0), chain.Party));

        chain.Execute(
            chain.Import(chain.NodeKey, T, 0, 1),
            chain.Import(chain.Gateway, T + 900, 0, 1),
            chain.Import(device, T + 1_800, 0, 1),
            chain.Import(chain.Gateway, T, 0, 1),
            chain.Import(device, T, 0, 2),
            chain.Import(stranger, T, 0, 1));

        Assert.Equal(
            [(Applied, SigningRole.Node), (Applied, SigningRole.Gateway), (Applied, SigningRole.Device), (Duplicate, SigningRole.Gateway), (RefusedRevision, SigningRole.Device),
             (RefusedUnknownSigner, SigningRole.None)],
            chain.Last.Results.Select(row => (row.Outcome, row.Role)));
    }

    [Fact]
    public void Batch_AcrossMidnight_FillsBothDays()
    {
        var chain = TestChain.WithNode();
        Assert.Equal([Applied], chain.Execute(chain.Import(chain.NodeKey, T - 900, 0, 1, 2)));
        Assert.Equal([(T - 900, 1L, 0)], chain.ReadDay(Day - 1));
        Assert.Equal([(T, 2L, 0)], chain.ReadDay(Day));
    }

    [Fact]
    public void Revision_Higher_Replaces()
    {
        var chain = TestChain.WithNode();
        Assert.Equal([Applied, Applied], chain.Execute(chain.Import(chain.NodeKey, T, 0, 1, 2), chain.Import(chain.NodeKey, T + 900, 1, 7)));
        Assert.Equal([(T, 1L, 0), (T + 900, 7L, 1)], chain.ReadDay(Day));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    public void Revision_LowerOrEqualWithOtherValue_IsRefusedWhole(int revision, long quantity)
    {
        var chain = TestChain.WithNode();
        chain.Execute(chain.Import(chain.NodeKey, T + 900, 1, 1));
        var root = chain.State.ReadDay(chain.Node, Register.Import, Day);
        Assert.Equal([RefusedRevision], chain.Execute(chain.Import(chain.NodeKey, T, revision, 5, quantity)));
        Assert.Equal(1, chain.Last.Results[0].At);
        Assert.Equal(root, chain.State.ReadDay(chain.Node, Register.Import, Day));
    }

    [Fact]
    public void Batch_OfRepeatsOnly_IsDuplicate()
    {
        var chain = TestChain.WithNode();
        chain.Execute(chain.Import(chain.NodeKey, T, 0, 1, 2, 3));
        Assert.Equal([Duplicate], chain.Execute(chain.Import(chain.Gateway, T + 900, 0, 2, 3)));
    }

    [Fact]
    public void Batch_OfRepeatsAndNewReadings_IsApplied()
    {
        var chain = TestChain.WithNode();
        chain.Execute(chain.Import(chain.NodeKey, T, 0, 1, 2));
        Assert.Equal([Applied], chain.Execute(chain.Import(chain.Gateway, T + 900, 0, 2, 3)));
        Assert.Equal([1L, 2L, 3L], chain.ReadDay(Day).Select(reading => reading.Quantity));
    }

    [Theory]
    [InlineData(T + 900, 3_600)] // same start, longer
    [InlineData(T + 1_200, 900)] // starts inside
    [InlineData(T + 600, 900)] // ends inside
    [InlineData(T - 86_400, 86_400 * 3)] // a long one from the day before, around it
    public void Interval_PartlyOverlapping_IsRefused(long start, int duration)
    {
        var chain = TestChain.WithNode();
        chain.Execute(chain.Import(chain.NodeKey, T + 900, 0, 1));
        Assert.Equal([RefusedOverlap], chain.Execute(One(chain, start, duration, revision: 5)));
    }

    [Fact]
    public void Interval_InsideALongOneOfAnEarlierDay_IsRefused()
    {
        var chain = TestChain.WithNode();
        var length = Reading.MaxDuration;
        var start = T - (2 * 86_400);
        Assert.Equal([Applied], chain.Execute(One(chain, start, length, 0)));
        Assert.Equal([RefusedOverlap], chain.Execute(chain.Import(chain.NodeKey, start + length - 900, 1, 1)));
        Assert.Equal([Applied], chain.Execute(chain.Import(chain.NodeKey, start + length, 0, 1)));
    }

    [Fact]
    public void Interval_ReachingIntoALaterDay_IsRefused()
    {
        var chain = TestChain.WithNode();
        Assert.Equal([Applied], chain.Execute(chain.Import(chain.NodeKey, T + (40 * 86_400), 0, 1)));
        Assert.Equal([RefusedOverlap], chain.Execute(One(chain, T, (40 * 86_400) + 1, 0)));
        Assert.Equal([Applied], chain.Execute(One(chain, T, 40 * 86_400, 0)));
    }

    [Fact]
    public void Batch_OfUndelegatedKey_IsRefused()
    {
        var chain = TestChain.WithNode();
        Assert.Equal([RefusedNotDelegated], chain.Execute(chain.Import(chain.Party, T, 0, 1)));
    }

    [Fact]
    public void Batch_OfUndelegatedRegister_IsRefusedAtItsFirstReading()
    {
        var chain = TestChain.WithNode();
        var batch = new ReadingBatch(chain.Node,
        [
            new ReadingRun(Register.Import, T, 900, Quality.Measured, 0, new long[] { 1, 2 }),
            new ReadingRun(Register.Generation, T, 900, Quality.Measured, 0, new long[] { 3 }),
        ]);
        Assert.Equal([RefusedNotDelegated], chain.Execute(chain.Sign(batch, chain.Gateway)));
        Assert.Equal(2, chain.Last.Results[0].At);
        Assert.Equal([Applied], chain.Execute(chain.Sign(batch, chain.NodeKey)));
    }

    [Fact]
    public void Interval_OutsideContractOrDelegation_IsRefused()
    {
        var chain = TestChain.WithNode();
        Assert.Equal([RefusedPeriod], chain.Execute(chain.Import(chain.NodeKey, T - (400 * 86_400) - 900, 0, 1)));
        chain.Execute(chain.Delegate(validUntil: T));
        Assert.Equal(
            [Applied, RefusedPeriod],
            chain.Execute(chain.Import(chain.Gateway, T - 900, 0, 1), chain.Import(chain.Gateway, T - 900, 0, 1, 2)));
    }

    [Fact]
    public void Batch_OfUnknownNode_IsRefused()
    {
        var chain = TestChain.WithNode();
        Assert.Equal([RefusedUnknownSubject], chain.Execute(chain.Sign(new ReadingBatch(chain.PartyAddress, Samples.Batch.Runs), chain.NodeKey)));
    }

    [Theory]
    [InlineData(400, Applied)]
    [InlineData(401, RefusedTooLate)]
    public void Correction_UpToTheHorizonAfterTheLastWrite_IsApplied(int days, Core.Ledger.Execution.EntryOutcome expected)
    {
        var chain = TestChain.WithNode();
        chain.Execute(chain.Import(chain.NodeKey, T, 0, 1));
        chain.Time += days * 86_400_000L;
        Assert.Equal([expected], chain.Execute(chain.Import(chain.NodeKey, T, 1, 2)));
    }

    [Fact]
    public void Day_PastTheHorizon_IsDroppedByTheNextWriteAndStaysClosed()
    {
        var chain = TestChain.WithNode();
        chain.Execute(chain.Import(chain.NodeKey, T, 0, 1));
        chain.Time += 401L * 86_400_000;
        Assert.Equal([Applied], chain.Execute(chain.Import(chain.NodeKey, T + (100 * 86_400), 0, 3)));
        Assert.Empty(chain.ReadDay(Day));
        Assert.Equal([3L], chain.ReadDay(Day + 100).Select(reading => reading.Quantity));
        Assert.Equal([RefusedTooLate], chain.Execute(chain.Import(chain.NodeKey, T, 0, 1)));
    }

    [Fact]
    public void History_OlderThanTheHorizon_IsImported()
    {
        var chain = TestChain.WithNode();
        chain.Time += 2_000L * 86_400_000;
        Assert.Equal([Applied, Applied], chain.Execute(chain.Import(chain.NodeKey, T, 0, 1), chain.Import(chain.NodeKey, T + (64 * 86_400), 0, 1)));
    }

    private static OpenedEntry One(TestChain chain, long start, int duration, int revision) => chain.Sign(
        new ReadingBatch(chain.Node, [new ReadingRun(Register.Import, start, duration, Quality.Measured, revision, new long[] { 9 })]), chain.NodeKey);
}
