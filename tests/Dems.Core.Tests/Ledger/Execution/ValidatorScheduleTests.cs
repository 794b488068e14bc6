using Dems.Core.Consensus;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Execution;
using Xunit;

namespace Dems.Core.Tests.Ledger.Execution;

public sealed class ValidatorScheduleTests
{
    private static readonly ValidatorSet First = new([new KeyedHashSigner("a").PublicKey, new KeyedHashSigner("b").PublicKey]);
    private static readonly ValidatorSet Second = new([new KeyedHashSigner("c").PublicKey]);

    [Fact]
    public void Set_OfEachHeight_IsTheLastThatBeganByThen()
    {
        var schedule = ValidatorSchedule.StartingWith(First).With(new Height(12), Second);
        Assert.Equal([First.Hash, First.Hash, Second.Hash, Second.Hash], new[] { 1L, 11, 12, 1_000 }.Select(h => schedule.At(new Height(h)).Hash));
    }

    [Fact]
    public void Set_EarlierThanTheLast_IsABrokenInvariant() =>
        Assert.Throws<ArgumentException>(() => ValidatorSchedule.StartingWith(First).With(new Height(12), Second).With(new Height(11), First));

    [Fact]
    public void Set_FromTheSameHeight_TakesTheOthersPlace()
    {
        var schedule = ValidatorSchedule.StartingWith(First).With(new Height(12), First).With(new Height(12), Second);
        Assert.Equal([First.Hash, Second.Hash], new[] { 11L, 12 }.Select(h => schedule.At(new Height(h)).Hash));
    }

    [Fact]
    public void Schedule_Encoded_ComesBackEqual()
    {
        var bytes = ((IStateRecord)ValidatorSchedule.StartingWith(First).With(new Height(12), Second)).Encode();
        var decoded = StateDecoders.Validators(bytes);
        Assert.Equal(bytes, ((IStateRecord)decoded).Encode());
        Assert.Equal(Second.Hash, decoded.At(new Height(12)).Hash);
    }
}
