using Dems.Core.Consensus;
using Dems.Core.Ledger;

namespace Dems.Replication.Machine;

/// <summary>A block for the next height that is being looked at: its missing bodies, and whether it is certified already.</summary>
internal sealed class Candidate(Block block, BlockHash hash)
{
    public Block Block { get; } = block;

    public BlockHash Hash { get; } = hash;

    /// <summary>Leaves whose bodies are not durable and opened here.</summary>
    public HashSet<LeafHash> Missing { get; } = [];

    /// <summary>Members that should have the bodies, the likeliest first: the proposer, those that voted for the block.</summary>
    public List<int> Sources { get; } = [];

    public int NextSource { get; set; }

    /// <summary>Null while undecided, then whether the block is valid; final.</summary>
    public bool? Valid { get; set; }

    public string? Refusal { get; set; }

    public CommitCertificate? Certificate { get; set; }
}
