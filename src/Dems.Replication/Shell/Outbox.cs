using Dems.Replication.Machine;
using Dems.Replication.Ports;
using Dems.Replication.Protocol;

namespace Dems.Replication.Shell;

/// <summary>Gathers the messages of one turn of the pump, so that each peer gets one frame and a broadcast is signed once. The transport bounds what waits.</summary>
internal sealed class Outbox(ReplicaIdentity identity, IPeerTransport peers)
{
    /// <summary>Bodies after which a turn's broadcast is cut into another frame: 5 MiB, so that with one more group it stays under <see cref="PeerFrame.MaxBytes"/>.</summary>
    private const long CutBytes = 5L * 1024 * 1024;

    private readonly List<PeerMessage> _toAll = [];
    private readonly SortedDictionary<int, List<PeerMessage>> _toOne = [];

    private long _bytes;

    public void Broadcast(PeerMessage message)
    {
        _toAll.Add(message);
        _bytes += message is PeerMessage.EntriesSent sent ? sent.Entries.Sum(e => (long)e.Length) : 0;
        if (_bytes > CutBytes || _toAll.Count == PeerMessageCodec.MaxMessages)
        {
            FlushBroadcast();
        }
    }

    public void Send(int to, PeerMessage message)
    {
        if (!_toOne.TryGetValue(to, out var messages))
        {
            _toOne[to] = messages = [];
        }

        messages.Add(message);
    }

    /// <summary>Sends at once, past what is gathered.</summary>
    public void SendNow(int to, PeerMessage message) => peers.Send(to, Encode([message]));

    public void Flush()
    {
        FlushBroadcast();
        foreach (var (member, messages) in _toOne)
        {
            foreach (var chunk in messages.Chunk(PeerMessageCodec.MaxMessages))
            {
                peers.Send(member, Encode(chunk));
            }
        }

        _toOne.Clear();
    }

    private void FlushBroadcast()
    {
        if (_toAll.Count == 0)
        {
            return;
        }

        var frame = Encode(_toAll);
        _toAll.Clear();
        _bytes = 0;
        for (var member = 0; member < identity.MemberCount; member++)
        {
            if (member != identity.Member)
            {
                peers.Send(member, frame);
            }
        }
    }

    private byte[] Encode(IReadOnlyList<PeerMessage> messages) =>
        PeerFrame.Encode(new PeerFrame(identity.Chain, identity.Member, [.. messages]), identity.Signer);
}
