using Dems.Core.Ledger;
using Dems.Core.Ledger.Merkle;
using Dems.Core.Ledger.Receipts;
using Dems.Core.Settlement.Statements;

namespace Dems.Core.Settlement.OnChain;

/// <summary>
/// A statement with all that its amounts follow from: the results of the blocks that its intervals were allocated in, and what the state says about contracts, policies, tariffs and
/// closings. Whoever holds the genesis document computes it again from that (<see cref="StatementProofRules"/>).
/// </summary>
public sealed record StatementProof
{
    /// <summary>Most blocks: a leap year of quarter-hours, each closed in a block of its own.</summary>
    public const int MaxBlocks = 366 * 96;

    /// <summary>Most keys of the state.</summary>
    public const int MaxKeys = 1 << 18;

    /// <summary>The statement.</summary>
    public required Statement Statement { get; init; }

    /// <summary>The newest block that it counts.</summary>
    public required Height AsOf { get; init; }

    /// <summary>Changes of validators that lead from genesis to the newest header here, ascending.</summary>
    public required IReadOnlyList<HandOver> HandOvers { get; init; }

    /// <summary>The header whose state root proves <see cref="State"/>.</summary>
    public required CertifiedHeader Head { get; init; }

    /// <summary>What the state holds, ascending by key.</summary>
    public required IReadOnlyList<ProvenState> State { get; init; }

    /// <summary>Blocks with intervals of the period, ascending, none above <see cref="AsOf"/>.</summary>
    public required IReadOnlyList<ProvenResults> Blocks { get; init; }

    /// <summary>Shows that the statement belongs to what a ballot closed; null for a statement of a period that is open, or as of another block.</summary>
    public InclusionProof? Closing { get; init; }
}
