using Dems.Core.Ledger;

namespace Dems.Core.Consensus;

/// <summary>A block by its hash: several rounds may propose it, one check serves them all.</summary>
/// <param name="Block">Header and leaves; null while only its certificate is known.</param>
/// <param name="Source">The proposal that brought it first, if one did.</param>
/// <param name="Status">How far its check is.</param>
internal sealed record KnownBlock(Block? Block, Proposal? Source, BlockStatus Status);
