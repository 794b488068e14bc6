using Dems.Core.Ledger.Execution;
using Dems.Core.Ledger.Merkle;

namespace Dems.Core.Ledger.Receipts;

/// <summary>
/// Everything that shows, to whoever holds the genesis document and nothing else, that an entry is final and what became of it: the certified header whose tree holds
/// the entry, the certified next header, whose results root holds the entry's result row, and a member's signed statement of inclusion. Self-contained; checked by
/// <see cref="ReceiptRules"/>.
/// </summary>
public sealed record Receipt
{
    /// <summary>Most changes of validators that a receipt may lead through.</summary>
    public const int MaxHandOvers = 64;

    /// <summary>Changes of validators since genesis, ascending by height; empty while those of genesis decide.</summary>
    public required IReadOnlyList<HandOver> HandOvers { get; init; }

    /// <summary>The block that ordered the entry.</summary>
    public required CertifiedHeader Block { get; init; }

    /// <summary>The block after it, which commits to its results.</summary>
    public required CertifiedHeader Next { get; init; }

    /// <summary>What became of the entry.</summary>
    public required EntryResult Result { get; init; }

    /// <summary>Shows that row among the results.</summary>
    public required ResultProof ResultProof { get; init; }

    /// <summary>The entry's place in the chain's tree, signed by the issuer's receipt key.</summary>
    public required InclusionStatement Statement { get; init; }

    /// <summary>The member whose receipt key that is.</summary>
    public required ReceiptIssuer Issuer { get; init; }

    /// <summary>What is shown.</summary>
    public required ReceiptSubject Subject { get; init; }
}
