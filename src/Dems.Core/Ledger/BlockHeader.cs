namespace Dems.Core.Ledger;

/// <summary>
/// What the validators agree on. The header commits to the entries of its own block through the tree root after appending them,
/// and to the outcome of the previous block through that block's results and state roots (execution follows decision).
/// </summary>
public sealed record BlockHeader
{
    /// <summary>Protocol version that every rule below belongs to; activated at a height by ballot. At least 1.</summary>
    public required int ProtocolVersion { get; init; }

    /// <summary>The chain; binds network and pool.</summary>
    public required ChainId Chain { get; init; }

    /// <summary>Height of this block, at least 1.</summary>
    public required Height Height { get; init; }

    /// <summary>Round in which the header was first proposed. A re-proposal keeps these bytes, whatever its own round.</summary>
    public required int Round { get; init; }

    /// <summary>Proposer's clock, greater than the previous block's time.</summary>
    public required BlockTime Time { get; init; }

    /// <summary>Index of the first proposer in the validator set of this height.</summary>
    public required int Proposer { get; init; }

    /// <summary>Hash of the previous header; for height 1 the hash of genesis.</summary>
    public required BlockHash Previous { get; init; }

    /// <summary>Number of entries on the chain after this block.</summary>
    public required long TreeSize { get; init; }

    /// <summary>RFC 9162 root over all entries after this block.</summary>
    public required Hash32 TreeRoot { get; init; }

    /// <summary>Root of the results tree of the previous block; the empty root for height 1.</summary>
    public required Hash32 ResultsRoot { get; init; }

    /// <summary>Root of the state map after executing the previous block.</summary>
    public required Hash32 StateRoot { get; init; }

    /// <summary>Hash of the validator set that decides this height.</summary>
    public required Hash32 Validators { get; init; }

    /// <summary>Hash of the validator set that decides the next height.</summary>
    public required Hash32 NextValidators { get; init; }
}
