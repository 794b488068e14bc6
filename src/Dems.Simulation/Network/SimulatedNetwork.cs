using Dems.Core.Crypto;
using Dems.Replication.Protocol;
using Dems.Simulation.World;

namespace Dems.Simulation.Network;

/// <summary>Carries frames between nodes: late, twice, in another order, or not at all; partitions come and heal.</summary>
internal sealed class SimulatedNetwork(EventLoop loop, SimulationRandom random, IReadOnlyList<PublicKey> members)
{
    private readonly int[] _side = new int[members.Count];
    private readonly bool[,] _cut = new bool[members.Count, members.Count];
    private Envelope? _latest;

    /// <summary>Frames that nobody could open. A sound member refuses them, whoever sent them.</summary>
    public long Refused { get; private set; }

    /// <summary>Called with each frame that arrives and its receiver.</summary>
    public Action<int, PeerFrame>? Deliver { get; set; }

    /// <summary>What is left of a frame to a receiver, null if nothing: to single out messages. Null passes everything.</summary>
    public Func<int, PeerFrame, PeerFrame?>? Filter { get; set; }

    public int DropPermille { get; set; }

    public int DuplicatePermille { get; set; }

    /// <summary>Permille of frames that take up to a hundred times longer.</summary>
    public int LatePermille { get; set; }

    public int MaxDelayMs { get; set; } = 5;

    /// <summary>Separates nodes: frames pass between nodes of one side only.</summary>
    public void Partition(IReadOnlyList<int> sides)
    {
        for (var i = 0; i < _side.Length; i++)
        {
            _side[i] = sides[i];
        }
    }

    /// <summary>Cuts or mends one direction of one link: the other direction may go on.</summary>
    public void Cut(int from, int to, bool isCut) => _cut[from, to] = isCut;

    public void Heal()
    {
        Array.Clear(_side);
        Array.Clear(_cut);
        Filter = null;
        (DropPermille, DuplicatePermille, LatePermille, MaxDelayMs) = (0, 0, 0, 5);
    }

    public void Send(int from, int to, ReadOnlyMemory<byte> bytes)
    {
        if (Open(bytes) is not { } opened)
        {
            Refused++;
            return;
        }

        var frame = Filter is null ? opened : Filter(to, opened);
        if (frame is null || _side[from] != _side[to] || _cut[from, to] || random.Chance(DropPermille))
        {
            return;
        }

        Carry(to, frame);
        if (random.Chance(DuplicatePermille))
        {
            Carry(to, frame);
        }
    }

    private void Carry(int to, PeerFrame frame)
    {
        var delay = random.Between(100, MaxDelayMs * 1_000);
        loop.After(random.Chance(LatePermille) ? delay * random.Between(10, 100) : delay, () => Deliver!(to, frame));
    }

    /// <summary>A broadcast passes here once per receiver, with the same bytes: it is opened once. Null if it does not open.</summary>
    public PeerFrame? Open(ReadOnlyMemory<byte> bytes)
    {
        if (_latest is null || !_latest.Bytes.Equals(bytes))
        {
            _latest = new Envelope(bytes, PeerFrame.TryOpen(bytes, members, KeyedHashSigner.Verifier, out var frame, out _) ? frame : null);
        }

        return _latest.Frame;
    }

    private sealed record Envelope(ReadOnlyMemory<byte> Bytes, PeerFrame? Frame);
}
