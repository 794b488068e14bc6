using Dems.Replication.Protocol;

namespace Dems.Simulation.Byzantine;

/// <summary>Speaks to some members only, other ones from time to time, and to some of them only in part.</summary>
internal sealed class SelectiveSender(ByzantineContext context) : ByzantineBehaviour(context)
{
    private uint _hears = (uint)context.Random.Below(128);
    private uint _hearsVotes = (uint)context.Random.Below(128);

    public override IEnumerable<PeerMessage> Outgoing(int to, PeerMessage message)
    {
        var hearing = message is PeerMessage.VoteCast ? _hearsVotes : _hears;
        return (hearing >> to & 1) == 1 ? [message] : [];
    }

    public override void Tick()
    {
        if (Context.Random.Chance(100))
        {
            _hears = (uint)Context.Random.Below(128);
            _hearsVotes = (uint)Context.Random.Below(128);
        }
    }
}
