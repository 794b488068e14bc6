namespace Dems.Replication.Ports;

/// <summary>Sends frames to peers: at most once, in any order, possibly never; bounded queues that drop the oldest when full. Never blocks and never throws.</summary>
public interface IPeerTransport
{
    /// <summary>Queues a signed frame for a member (index in genesis).</summary>
    void Send(int member, ReadOnlyMemory<byte> frame);
}
