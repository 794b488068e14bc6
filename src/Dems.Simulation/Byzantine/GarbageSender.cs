using Dems.Replication.Protocol;

namespace Dems.Simulation.Byzantine;

/// <summary>Sends frames that nobody can open: cut short, with a flipped byte, with bytes appended, or made of nothing but noise.</summary>
internal sealed class GarbageSender(ByzantineContext context) : ByzantineBehaviour(context)
{
    private byte[] _sample = [];

    public override void Incoming(PeerFrame frame) => _sample = PeerFrame.Encode(frame with { From = Context.Identity.Member }, Context.Identity.Signer);

    public override void Tick()
    {
        foreach (var other in Context.Others)
        {
            Context.SendBytes(other, Spoil([.. _sample]));
        }
    }

    private byte[] Spoil(byte[] bytes)
    {
        switch (bytes.Length == 0 ? 3 : Context.Random.Below(4))
        {
            case 0:
                return bytes[..Context.Random.Below(bytes.Length)];
            case 1:
                bytes[Context.Random.Below(bytes.Length)] ^= (byte)(1 << Context.Random.Below(8));
                return bytes;
            case 2:
                return [.. bytes, 0];
            default:
                return [.. Enumerable.Range(0, Context.Random.Below(200)).Select(_ => (byte)Context.Random.Below(256))];
        }
    }
}
