using Dems.Replication.Protocol;

namespace Dems.Simulation.Byzantine;

/// <summary>Keeps everything that it ever heard, and says it again much later, to anybody.</summary>
internal sealed class StaleReplayer(ByzantineContext context) : ByzantineBehaviour(context)
{
    private const int Kept = 2_000;

    private readonly List<PeerMessage> _heard = [];

    public override void Incoming(PeerFrame frame)
    {
        foreach (var message in frame.Messages)
        {
            if (_heard.Count < Kept)
            {
                _heard.Add(message);
            }
            else
            {
                _heard[Context.Random.Below(Kept)] = message;
            }
        }
    }

    public override void Tick()
    {
        if (_heard.Count == 0)
        {
            return;
        }

        var messages = Enumerable.Range(0, Context.Random.Between(1, 12)).Select(_ => Context.Random.Pick(_heard)).ToList();
        Context.Send(Context.Random.Pick([.. Context.Others]), messages);
    }
}
