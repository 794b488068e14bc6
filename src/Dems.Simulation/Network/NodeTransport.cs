using Dems.Replication.Ports;

namespace Dems.Simulation.Network;

/// <summary>A node's end of the network.</summary>
internal sealed class NodeTransport(Action<int, ReadOnlyMemory<byte>> send) : IPeerTransport
{
    public void Send(int member, ReadOnlyMemory<byte> frame) => send(member, frame);
}
