using Dems.Core.Crypto;
using Dems.Core.Energy;
using Dems.Core.Ledger.Entries;
using Dems.Core.Ledger.Execution;

namespace Dems.Core.Ledger.Receipts;

/// <summary>What a sound receipt proves.</summary>
/// <param name="Pool">The pool whose chain it is.</param>
/// <param name="Header">The block that ordered the entry.</param>
/// <param name="Result">The entry's place and what became of it.</param>
/// <param name="Signers">Validators whose precommits decided the block.</param>
/// <param name="Validators">How many validators there were.</param>
/// <param name="Issuer">Validator key of the member that issued the receipt.</param>
/// <param name="Entry">The entry, if the receipt shows it.</param>
/// <param name="Readings">All readings of a shown batch, or those that are shown singly; empty for other entries.</param>
public sealed record ReceiptFindings(
    GenesisPool Pool,
    BlockHeader Header,
    EntryResult Result,
    IReadOnlyList<PublicKey> Signers,
    int Validators,
    PublicKey Issuer,
    OpenedEntry? Entry,
    IReadOnlyList<Reading> Readings);
