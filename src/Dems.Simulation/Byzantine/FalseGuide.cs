using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Replication.Machine;
using Dems.Replication.Ports;
using Dems.Replication.Protocol;

namespace Dems.Simulation.Byzantine;

/// <summary>
/// Leads members astray that start or follow: says that it is far ahead, that it never saw them sign, and answers whoever asks for blocks with a window full of
/// forged ones, but never with the one that is missing.
/// </summary>
internal sealed class FalseGuide(ByzantineContext context) : ByzantineBehaviour(context)
{
    private const int PerFrame = 16;

    private DecidedBlock? _model;

    public override IEnumerable<PeerMessage> Outgoing(int to, PeerMessage message) => message switch
    {
        PeerMessage.BlockDecided => [],
        PeerMessage.Standing m => [m with { Head = new Height(m.Head.Value + CatchUp.Window) }],
        PeerMessage.VotesReported m => [m with { Head = new Height(m.Head.Value + CatchUp.Window), Seen = default }],
        _ => [message],
    };

    public override void Incoming(PeerFrame frame)
    {
        _model = frame.Messages.OfType<PeerMessage.BlockDecided>().LastOrDefault()?.Block ?? Context.Replica.Standing?.Tip.Head ?? _model;
        foreach (var wanted in frame.Messages.OfType<PeerMessage.BlocksWanted>())
        {
            Mislead(frame.From, wanted.From);
        }
    }

    private void Mislead(int member, Height from)
    {
        if (_model is { } model && from.Value < 1_000_000)
        {
            foreach (var heights in Enumerable.Range(1, CatchUp.Window).Chunk(PerFrame))
            {
                Context.Send(member, [.. heights.Select(i => new PeerMessage.BlockDecided(Forge(model, new Height(from.Value + i)), []))]);
            }
        }
    }

    private static DecidedBlock Forge(DecidedBlock model, Height height)
    {
        var block = model.Block with { Header = model.Block.Header with { Height = height } };
        var hash = HeaderCodec.Hash(block.Header);
        return new DecidedBlock(block, hash, model.Certificate with { Height = height, Block = hash });
    }
}
