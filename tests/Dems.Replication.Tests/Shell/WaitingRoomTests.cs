using Dems.Core;
using Dems.Core.Ledger;
using Dems.Replication.Shell;
using Xunit;

namespace Dems.Replication.Tests.Shell;

public sealed class WaitingRoomTests
{
    private static readonly ContentId Content = new(Hash32.Of("content"u8));

    private readonly WaitingRoom<int> _room = new();

    [Fact]
    public async Task Call_AnswersAllWhoWait()
    {
        Task<int>[] waits = [_room.Enter(Content), _room.Enter(Content)];

        _room.Call(Content, 7);

        var answers = await Task.WhenAll(waits);
        Assert.Equal([7, 7], answers);
        Assert.Equal(0, _room.Count);
    }

    /// <summary>Two clients wait for one content; the one that hangs up must not take the answer from the other.</summary>
    [Fact]
    public async Task Leave_OfOneGuest_LeavesTheOthersWaiting()
    {
        var (left, stayed) = (_room.Enter(Content), _room.Enter(Content));

        _room.Leave(Content, left);
        _room.Call(Content, 7);

        Assert.Equal(7, await stayed);
    }

    [Fact]
    public void Leave_OfTheLastGuest_HoldsNothingAnyMore()
    {
        var waits = Enumerable.Range(0, 3).Select(_ => _room.Enter(Content)).ToList();

        waits.ForEach(wait => _room.Leave(Content, wait));

        Assert.Equal(0, _room.Count);
    }

    [Fact]
    public async Task Leave_AfterTheCall_DoesNotEndALaterWait()
    {
        var first = _room.Enter(Content);
        _room.Call(Content, 1);
        var second = _room.Enter(Content);

        _room.Leave(Content, first);
        _room.Call(Content, 2);

        Assert.Equal(2, await second);
    }

    [Fact]
    public void Call_WithoutGuests_IsForgotten()
    {
        _room.Call(Content, 7);

        Assert.False(_room.Enter(Content).IsCompleted);
    }
}
