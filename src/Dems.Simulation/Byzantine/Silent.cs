using Dems.Replication.Protocol;

namespace Dems.Simulation.Byzantine;

/// <summary>Listens and says nothing, for good or from time to time.</summary>
internal sealed class Silent(ByzantineContext context) : ByzantineBehaviour(context)
{
    private readonly bool _forGood = context.Random.Chance(500);
    private bool _speaking;

    public override IEnumerable<PeerMessage> Outgoing(int to, PeerMessage message) => _speaking ? [message] : [];

    public override void Tick() => _speaking = !_forGood && (Context.Random.Chance(200) ? !_speaking : _speaking);
}
