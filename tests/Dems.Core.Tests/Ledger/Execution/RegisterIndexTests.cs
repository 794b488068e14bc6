using CsCheck;
using Dems.Core.Ledger.Execution;
using Xunit;

namespace Dems.Core.Tests.Ledger.Execution;

public sealed class RegisterIndexTests
{
    private const int Today = 20_000;

    [Fact]
    public void Neighbours_OfAnyDay_AreThoseOfASortedSet() =>
        Gen.Select(Gen.Int[0, 300].Array[0, 20], Gen.Int[0, 300], Gen.Int[1, 100]).Sample(
            (days, day, reach) =>
            {
                var index = new RegisterIndex();
                foreach (var held in days)
                {
                    index.Touch(held, Today);
                }

                index = RegisterIndex.Decode(index.Encode());
                var before = days.Where(d => d < day && d >= day - reach).DefaultIfEmpty(-1).Max();
                var after = days.Where(d => d > day && d <= day + reach).DefaultIfEmpty(-1).Min();
                return index.LastBefore(day, day - reach) == before
                    && index.FirstAfter(day, day + reach) == after
                    && index.Holds(day) == days.Contains(day);
            },
            iter: TestScale.Times(2_000));

    [Fact]
    public void Touch_OfAHeldDayOnTheSameBlockDay_ChangesNothing()
    {
        var index = new RegisterIndex();
        Assert.True(index.Touch(40, Today));
        Assert.False(index.Touch(40, Today));
        Assert.True(index.Touch(41, Today));
        Assert.True(index.Touch(41, Today + 1));
    }

    [Fact]
    public void Close_PastTheHorizon_DropsThePageAndClosesAllBeforeIt()
    {
        var index = new RegisterIndex();
        index.Touch(40, Today);
        index.Touch(63, Today);
        index.Touch(5, Today + 1);
        var later = Today + RegisterIndex.CorrectionHorizonDays + 1;
        Assert.Equal(64, index.FirstOpenDay(later));
        Assert.Equal([40, 63], index.Close(later).Order());
        Assert.True(index.Holds(5));
        Assert.Equal(64, RegisterIndex.Decode(index.Encode()).FirstOpenDay(Today));
        Assert.Empty(index.Close(later));
    }
}
