using Dems.Core.Energy;
using Dems.Core.Ledger.Execution;
using Dems.Core.Ledger.Execution.Intervals;
using Xunit;

namespace Dems.Core.Tests.Ledger.Execution.Intervals;

public sealed class IntervalClosingTests
{
    private readonly Village _village = new(homes: 3);

    [Fact]
    public void Interval_WithAllReadings_IsAllocatedInTheSameBlock()
    {
        _village.Execute(_village.Consumes(0, Village.Midnight, 100), _village.Generates(0, Village.Midnight, 600), _village.Consumes(1, Village.Midnight, 300));
        Assert.Empty(_village.Intervals);

        _village.Execute(_village.Consumes(2, Village.Midnight, 500));

        var interval = Assert.Single(_village.Intervals);
        Assert.Equal((Village.Midnight, 900, 0, 3, 0, false), (interval.Start, interval.Duration, interval.Revision, interval.Nodes, interval.Missing, interval.IsProvisional));
        Assert.Equal((900, 600, 600, 600), (interval.Totals.Consumption, interval.Totals.Production, interval.Totals.Allocated, interval.Totals.Sold));
        // Pro rata: 600 · (100, 300, 500) / 900 = 66.7, 200, 333.3.
        Assert.Equal([67, 200, 333], Enumerable.Range(0, 3).Select(home => _village.AmountsOf(home).Allocated));
        Assert.Equal(600, _village.AmountsOf(0).Sold);
    }

    [Fact]
    public void Interval_Closed_LeavesNothingDue()
    {
        ExecuteQuarterHour(Village.Midnight);

        Assert.Single(_village.Intervals);
        Assert.Null(_village.State.NextDue);
        Assert.False(ExecuteEmpty().Changed);
    }

    [Fact]
    public void Intervals_OfADayAtOnce_CloseInOrderOfTime()
    {
        var day = Enumerable.Repeat(10L, 96).ToArray();
        _village.Execute(_village.Consumes(2, Village.Midnight, day), _village.Consumes(1, Village.Midnight, day), _village.Generates(0, Village.Midnight, day), _village.Consumes(0, Village.Midnight, day));

        Assert.Equal(Enumerable.Range(0, 96).Select(i => Village.Midnight + (900L * i)), _village.Intervals.Select(interval => interval.Start));
    }

    [Fact]
    public void Interval_WithAMissingReading_WaitsForTheGraceAfterItsFirstReading()
    {
        _village.Now = Village.Midnight + (10 * 86_400);
        _village.Execute(_village.Consumes(0, Village.Midnight, 100), _village.Generates(0, Village.Midnight, 600));

        Assert.Equal((_village.Now + _village.Terms.Grace) * 1_000, _village.State.NextDue!.Value.UnixMilliseconds);
    }

    [Fact]
    public void Interval_PastItsGrace_ClosesOnlyAfterBlocksOfTwoProposers()
    {
        _village.Execute(_village.Consumes(0, Village.Midnight, 100), _village.Generates(0, Village.Midnight, 600));
        _village.Now = Village.Midnight + 900 + _village.Terms.Grace;
        ExecuteEmpty();
        Assert.Empty(_village.Intervals);

        _village.Proposer = 1;
        ExecuteEmpty();

        var interval = Assert.Single(_village.Intervals);
        Assert.Equal((3, 2, true), (interval.Nodes, interval.Missing, interval.IsProvisional));
        Assert.Equal(100, _village.AmountsOf(0).Allocated);
    }

    [Fact]
    public void Interval_PastTheLongestGrace_ClosesWhoeverProposes()
    {
        _village.Execute(_village.Consumes(0, Village.Midnight, 100), _village.Generates(0, Village.Midnight, 600));
        _village.Now = Village.Midnight + 900 + _village.Terms.MaxGrace;

        ExecuteEmpty();

        Assert.Single(_village.Intervals);
    }

    [Fact]
    public void Correction_OfAClosedInterval_AllocatesAgainAndNamesWhatItReplaces()
    {
        ExecuteQuarterHour(Village.Midnight);
        var before = Enumerable.Range(0, 3).Select(_village.AmountsOf).ToArray();

        _village.Execute(_village.Reads(1, Register.Consumption, Village.Midnight, 1, Quality.Measured, 0));

        Assert.Equal(1, Assert.Single(_village.Intervals).Revision);
        Assert.All(_village.Allocations, row => Assert.Equal(before[Index(row)], row.Replaces));
        Assert.Equal(0, _village.AmountsOf(1).Allocated);
        Assert.Equal(600, _village.Intervals[0].Totals.Production);
    }

    [Fact]
    public void LateReading_OfAnIntervalThatClosedWithoutIt_AllocatesAgain()
    {
        _village.Execute(_village.Consumes(0, Village.Midnight, 100), _village.Generates(0, Village.Midnight, 600));
        _village.Now = Village.Midnight + 900 + _village.Terms.MaxGrace;
        ExecuteEmpty();

        _village.Execute(_village.Consumes(1, Village.Midnight, 300));

        var interval = Assert.Single(_village.Intervals);
        Assert.Equal((1, 1, true), (interval.Revision, interval.Missing, interval.IsProvisional));
        Assert.Equal(300, _village.AmountsOf(1).Allocated);
        Assert.Null(_village.Allocations.Single(row => row.Node == _village.Home(1)).Replaces);
    }

    [Fact]
    public void Correction_AfterTheWindow_IsRecordedOnly()
    {
        ExecuteQuarterHour(Village.Midnight);
        _village.Now += _village.Terms.Window + 1;

        var outcomes = _village.Execute(_village.Reads(1, Register.Consumption, Village.Midnight, 1, Quality.Measured, 0));

        Assert.Equal([EntryOutcome.Applied], outcomes);
        Assert.Empty(_village.Intervals);
        Assert.Null(_village.State.NextDue);
    }

    [Fact]
    public void EstimatedReading_MakesTheIntervalProvisional_UntilItIsReplaced()
    {
        _village.Execute(
            _village.Consumes(0, Village.Midnight, 100),
            _village.Generates(0, Village.Midnight, 600),
            _village.Reads(1, Register.Consumption, Village.Midnight, 0, Quality.Estimated, 300),
            _village.Consumes(2, Village.Midnight, 500));
        Assert.True(Assert.Single(_village.Intervals).IsProvisional);

        _village.Execute(_village.Reads(1, Register.Consumption, Village.Midnight, 1, Quality.Measured, 300));

        Assert.False(Assert.Single(_village.Intervals).IsProvisional);
        Assert.Empty(_village.Allocations);
    }

    [Fact]
    public void NodeThatMovedOut_IsNotAwaited()
    {
        _village.Execute(_village.Retires(2, Village.Midnight));

        _village.Execute(_village.Consumes(0, Village.Midnight, 100), _village.Generates(0, Village.Midnight, 600), _village.Consumes(1, Village.Midnight, 300));

        Assert.Equal(2, Assert.Single(_village.Intervals).Nodes);
    }

    [Fact]
    public void Order_OfEntriesAndBlocks_DoesNotChangeWhatIsAllocated()
    {
        var other = new Village(homes: 3);
        ExecuteQuarterHour(Village.Midnight);
        other.Execute(other.Consumes(2, Village.Midnight, 500));
        other.Execute(other.Generates(0, Village.Midnight, 600), other.Consumes(0, Village.Midnight, 100));
        other.Execute(other.Consumes(1, Village.Midnight, 300));

        Assert.Equal(_village.Allocations, other.Allocations);
    }

    private int Index(AllocationRow row) => Enumerable.Range(0, 3).Single(home => _village.Home(home) == row.Node);

    private void ExecuteQuarterHour(long start) => _village.Execute(
        _village.Consumes(0, start, 100), _village.Generates(0, start, 600), _village.Consumes(1, start, 300), _village.Consumes(2, start, 500));

    private ExecutionResult ExecuteEmpty()
    {
        _village.Execute();
        return _village.Last;
    }
}
