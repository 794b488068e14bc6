using Dems.Replication.Protocol;

namespace Dems.Simulation.Byzantine;

/// <summary>Proposes blocks with entries of its own that it shows to nobody, or to one member only, and serves no bodies.</summary>
internal sealed class BodyWithholder(ByzantineContext context) : ByzantineBehaviour(context)
{
    private readonly int _confidant = context.Random.Below(context.Identity.MemberCount + 1);

    public override IEnumerable<PeerMessage> Outgoing(int to, PeerMessage message) => message switch
    {
        PeerMessage.EntriesSent when to != _confidant => [],
        PeerMessage.BlockDecided m when to != _confidant => [m with { Bodies = [] }],
        _ => [message],
    };

    public override void Tick()
    {
        if (Context.Replica.IsUp && Context.Random.Chance(150))
        {
            Context.Replica.SubmitOwn(Context.MakeEntry());
        }
    }
}
