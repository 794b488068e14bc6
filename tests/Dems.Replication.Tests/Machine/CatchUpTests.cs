using Dems.Core.Ledger;
using Dems.Replication.Machine;
using Dems.Replication.Protocol;
using Xunit;

namespace Dems.Replication.Tests.Machine;

public sealed class CatchUpTests
{
    /// <summary>A liar fills the window with blocks that nobody certified, all but the one that is missing: who follows must go on asking for that one.</summary>
    [Fact]
    public void Window_OfForgedBlocks_DoesNotKeepItFromAsking()
    {
        var member = new StartOfMember();
        for (var height = 2; height <= CatchUp.Window + 1; height++)
        {
            member.Hear(3, new PeerMessage.BlockDecided(member.Forged(height), []));
        }

        member.Wait(1_000);
        var effects = member.Hear(1, new PeerMessage.Standing(new Height(1), -1, Stuck: false));

        var asked = effects.OfType<ReplicaEffect.Send>().Where(send => send.To == 1).Select(send => send.Message).OfType<PeerMessage.BlocksWanted>();
        Assert.Equal(1, Assert.Single(asked).From.Value);
    }

    /// <summary>The clock is set back by a day: waits must not last a day.</summary>
    [Fact]
    public void ClockSetBack_DoesNotKeepItFromAsking()
    {
        var member = new StartOfMember();
        member.Hear(1, new PeerMessage.Standing(new Height(1), -1, Stuck: false));
        member.Wait(-86_400_000);
        member.Wait(1_000);

        var effects = member.Hear(2, new PeerMessage.Standing(new Height(1), -1, Stuck: false));

        Assert.Contains(effects, e => e is ReplicaEffect.Send { To: 2, Message: PeerMessage.BlocksWanted });
    }
}
