using Dems.Core.Energy;

namespace Dems.Contracts.Queries;

/// <summary>What the API asks a member about its chains. Null answers mean "there is none"; damaged storage throws.</summary>
public interface ILedgerQueries
{
    /// <summary>Members in genesis order.</summary>
    IReadOnlyList<MemberView> Members { get; }

    /// <summary>Chains in genesis order.</summary>
    IReadOnlyList<ChainView> Chains { get; }

    /// <summary>This member's standing on a chain; null for an unknown pool.</summary>
    Task<HeadView?> HeadAsync(string pool, CancellationToken cancellationToken);

    /// <summary>A block; null for an unknown pool or above the head.</summary>
    Task<BlockView?> BlockAsync(string pool, long height, CancellationToken cancellationToken);

    /// <summary>An ordered entry by content id, leaf hash or index; null if the chain has none.</summary>
    Task<EntryView?> EntryAsync(string pool, EntryName name, CancellationToken cancellationToken);

    /// <summary>Proof that an entry is in the tree of a size; null if index or size lie outside the chain.</summary>
    Task<InclusionProofView?> InclusionAsync(string pool, long index, long treeSize, CancellationToken cancellationToken);

    /// <summary>Proof that a larger tree extends a smaller one; null if a size lies outside the chain.</summary>
    Task<ConsistencyProofView?> ConsistencyAsync(string pool, long firstSize, long secondSize, CancellationToken cancellationToken);

    /// <summary>A node; null if none is registered under the address.</summary>
    Task<NodeView?> NodeAsync(NodeAddress address, CancellationToken cancellationToken);

    /// <summary>The node that holds a metering-point id; null if none does.</summary>
    Task<NodeAddress?> FindMeteringPointAsync(string pool, string id, CancellationToken cancellationToken);

    /// <summary>What a pool's intervals gave so far; null if there is no such pool.</summary>
    Task<PoolBalance?> BalanceAsync(string pool, CancellationToken cancellationToken);

    /// <summary>Waits until the chain's head is above a height or the time is over; gives the height then.</summary>
    Task<long> WaitForBlockAsync(string pool, long above, TimeSpan atMost, CancellationToken cancellationToken);
}
