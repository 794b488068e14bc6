using Dems.Core.Energy;
using Dems.Core.Ledger.Execution.Intervals;
using Xunit;

namespace Dems.Core.Tests.Ledger.Execution.Intervals;

/// <summary>Three homes on gross metering; home 0 has panels, so that its generation is awaited, too.</summary>
public sealed class ChaseListTests
{
    private const int Day = 86_400;
    private const int Slot = 900;

    private readonly Village _village = new(homes: 3);

    [Fact]
    public void List_OfDaysWithGaps_CountsThemPerNodeAndRegister()
    {
        _village.Execute(_village.Consumes(0, Village.Midnight, 1, 1, 1), _village.Consumes(1, Village.Midnight, 1), _village.Consumes(2, Village.Midnight + Day, 1));

        var items = Items(0, 1);

        Assert.Equal(
            new[]
            {
                (_village.Home(0), Register.Consumption, 1, Day, Day + Slot),
                (_village.Home(0), Register.Generation, 4, 0, Day + Slot),
                (_village.Home(1), Register.Consumption, 3, Slot, Day + Slot),
                (_village.Home(2), Register.Consumption, 3, 0, 3 * Slot),
            }.OrderBy(item => item.Item1),
            items.Select(item => (item.Node, item.Register, item.Intervals, (int)(item.From - Village.Midnight), (int)(item.Until - Village.Midnight))));
    }

    [Fact]
    public void List_OfEachInterval_IsWhatTheIntervalWaitsFor()
    {
        _village.Execute(_village.Consumes(1, Village.Midnight, 1));

        var missing = _village.State.Allocation.MissingOf(Carrier.Electricity, Village.Midnight);

        Assert.Equal(missing.Select(pair => (pair.Key, pair.Value)), Items(0).Select(item => (item.Node, item.Register)));
    }

    [Fact]
    public void List_WhenEverythingIsThere_IsEmpty()
    {
        _village.Execute(_village.Consumes(0, Village.Midnight, 1), _village.Generates(0, Village.Midnight, 1), _village.Consumes(1, Village.Midnight, 1), _village.Consumes(2, Village.Midnight, 1));

        Assert.Empty(Items(0, 1));
    }

    [Fact]
    public void List_OfACarrierThatIsNotShared_IsEmpty()
    {
        var list = new ChaseList(_village.State, Carrier.Heat);
        list.Add((int)(Village.Midnight / Day));
        Assert.Empty(list.Items);
    }

    private IReadOnlyList<ChasedRegister> Items(params int[] days)
    {
        var list = new ChaseList(_village.State, Carrier.Electricity);
        foreach (var day in days)
        {
            list.Add((int)(Village.Midnight / Day) + day);
        }

        return list.Items;
    }
}
