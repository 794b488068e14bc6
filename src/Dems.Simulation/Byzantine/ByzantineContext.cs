using Dems.Replication.Machine;
using Dems.Replication.Protocol;
using Dems.Simulation.Nodes;
using Dems.Simulation.World;

namespace Dems.Simulation.Byzantine;

/// <summary>What a Byzantine member has at hand.</summary>
/// <param name="Identity">Itself, with its key.</param>
/// <param name="Random">Its own chance.</param>
/// <param name="Replica">The product's replica that it runs.</param>
/// <param name="MakeEntry">Signs an entry with a key of its own, as any client may.</param>
/// <param name="Send">Sends messages to a member in a frame of its own.</param>
/// <param name="SendBytes">Sends anything at all to a member.</param>
internal sealed record ByzantineContext(
    ReplicaIdentity Identity,
    SimulationRandom Random,
    SimulatedReplica Replica,
    Func<byte[]> MakeEntry,
    Action<int, IReadOnlyList<PeerMessage>> Send,
    Action<int, ReadOnlyMemory<byte>> SendBytes)
{
    /// <summary>Every other member.</summary>
    public IEnumerable<int> Others => Enumerable.Range(0, Identity.MemberCount).Where(i => i != Identity.Member);

    public void SendToAll(PeerMessage message)
    {
        foreach (var other in Others)
        {
            Send(other, [message]);
        }
    }
}
