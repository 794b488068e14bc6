using Dems.Core.Crypto;
using Dems.Core.Energy;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Entries;
using Dems.Core.Ledger.Execution;

namespace Dems.Core.Ledger.Receipts;

/// <summary>
/// Checks a receipt with nothing but the genesis document, in the order in which trust flows: genesis names the first validators; each hand-over is certified by the
/// validators before it; block and next block are certified by those of their heights; the next header's results root proves the row; the block's tree root proves the
/// entry's leaf, and the issuer's statement is over that root; the shown entry or readings are what the row names. It rests on the assumption that consensus rests on:
/// fewer than a third of any set of the trail ever signs falsely.
/// </summary>
public static class ReceiptRules
{
    /// <summary>Whether the receipt proves what it shows; otherwise the part at fault and why.</summary>
    /// <param name="receipt">The receipt, from anywhere.</param>
    /// <param name="genesis">The network's document, from a source that the caller trusts.</param>
    /// <param name="verifier">Checks signatures.</param>
    /// <param name="findings">What is proven; null if nothing is.</param>
    /// <param name="error">Why not.</param>
    public static bool TryVerify(
        Receipt receipt, Genesis genesis, ISignatureVerifier verifier, out ReceiptFindings findings, out ReceiptError error)
    {
        (findings, error) = (null!, default);
        var chain = receipt.Block.Header.Chain;
        if (genesis.PoolOf(chain) is not { } pool)
        {
            error = new ReceiptError("block.header", $"is of chain {chain}, which is none of the network {genesis.Network}");
            return false;
        }

        var trail = new ValidatorTrail(genesis, chain, verifier);
        OpenedEntry? entry = null;
        var refusal = CheckBlocks(receipt, trail)
            ?? CheckResult(receipt)
            ?? CheckStatement(receipt, genesis, trail, verifier)
            ?? CheckSubject(receipt, verifier, out entry);
        if (refusal is { } found)
        {
            error = found;
            return false;
        }

        var set = trail.At(receipt.Block.Header.Height);
        findings = new ReceiptFindings(
            pool,
            receipt.Block.Header,
            receipt.Result,
            [.. receipt.Block.Certificate.Signatures.Select(s => set[s.Validator])],
            set.Count,
            receipt.Issuer.Member,
            entry,
            ReadingsOf(receipt.Subject, entry));
        return true;
    }

    private static ReceiptError? CheckBlocks(Receipt receipt, ValidatorTrail trail)
    {
        for (var i = 0; i < receipt.HandOvers.Count; i++)
        {
            if (trail.Follow(receipt.HandOvers[i], $"handOvers[{i}]") is { } error)
            {
                return error;
            }
        }

        if (trail.Check(receipt.Block, "block") is { } fault)
        {
            return fault;
        }

        var next = receipt.Next.Header;
        return next.Height != receipt.Block.Header.Height.Next || next.Previous != receipt.Block.Hash
            ? new ReceiptError("next.header", $"does not follow block {receipt.Block.Hash} at height {receipt.Block.Header.Height.Next}")
            : trail.Check(receipt.Next, "next");
    }

    private static ReceiptError? CheckResult(Receipt receipt)
    {
        var (row, proof) = (receipt.Result, receipt.ResultProof);
        if (!proof.Verify(row.Encode(), receipt.Next.Header.ResultsRoot))
        {
            return new ReceiptError("resultProof", "does not lead from result to the results root of next.header");
        }

        // The row of the block's entry i stands at i: its index is that of the block's first entry, which is not below 0, and i.
        return proof.Inclusion.Index > row.Index
            ? new ReceiptError("resultProof", $"is for entry {proof.Inclusion.Index} of the block, which cannot be entry {row.Index} of the chain")
            : null;
    }

    private static ReceiptError? CheckStatement(Receipt receipt, Genesis genesis, ValidatorTrail trail, ISignatureVerifier verifier)
    {
        var (statement, header, row) = (receipt.Statement, receipt.Block.Header, receipt.Result);
        if (statement.Inclusion.Index != row.Index || !statement.Inclusion.Verify(row.Leaf.Value, header.TreeSize, header.TreeRoot))
        {
            return new ReceiptError("statement", $"does not lead from leaf {row.Leaf} at {row.Index} to the tree root of block.header");
        }

        if (!statement.Verify(row.Leaf, verifier))
        {
            return new ReceiptError("statement", "the signature does not verify under its key");
        }

        if (!trail.Knows(receipt.Issuer.Member))
        {
            return new ReceiptError("issuer", $"the key {receipt.Issuer.Member.Fingerprint} is no validator's that genesis and handOvers name");
        }

        return receipt.Issuer.Vouches(genesis.Hash, statement.Key, verifier)
            ? null
            : new ReceiptError("issuer", "the member's signature for the key of the statement does not verify");
    }

    private static ReceiptError? CheckSubject(Receipt receipt, ISignatureVerifier verifier, out OpenedEntry? entry)
    {
        entry = null;
        return receipt.Subject switch
        {
            ReceiptSubject.Entry shown => CheckEntry(receipt.Result, shown.Bytes, verifier, out entry),
            ReceiptSubject.Readings shown => CheckReadings(receipt.Result, shown.Proofs),
            _ => throw new InvalidOperationException($"{receipt.Subject.GetType().Name} has no check."),
        };
    }

    private static ReceiptError? CheckEntry(EntryResult row, ReadOnlyMemory<byte> bytes, ISignatureVerifier verifier, out OpenedEntry? entry)
    {
        entry = null;
        if (LeafHash.Of(bytes.Span) != row.Leaf)
        {
            return new ReceiptError("subject", "the entry's leaf hash is not the one in result");
        }

        if (!EntryCodec.TryOpen(bytes, verifier, out var opened, out var error))
        {
            return new ReceiptError("subject", error.ToString());
        }

        entry = opened;
        return EntryResult.Of(row.Index, opened, row.Outcome, row.At, row.Role) == row ? null : new ReceiptError("result", "says other things of the entry than the entry itself");
    }

    private static ReceiptError? CheckReadings(EntryResult row, IReadOnlyList<ReadingProof> proofs)
    {
        if (row.Kind != EntryKind.Batch || proofs.Count == 0)
        {
            return new ReceiptError("subject", row.Kind == EntryKind.Batch ? "shows no reading" : $"shows readings of an entry that is a {row.Kind}");
        }

        for (var i = 0; i < proofs.Count; i++)
        {
            if (!proofs[i].Verify(row.ReadingsRoot))
            {
                return new ReceiptError($"subject.readings[{i}]", "does not lead to the readings root in result");
            }

            if (proofs[i].Inclusion.TreeSize != row.Readings)
            {
                return new ReceiptError($"subject.readings[{i}]", $"is of a batch of {proofs[i].Inclusion.TreeSize} readings, not {row.Readings}");
            }

            if (i > 0 && proofs[i].Inclusion.Index <= proofs[i - 1].Inclusion.Index)
            {
                return new ReceiptError($"subject.readings[{i}]", "does not come after the one before it");
            }
        }

        return null;
    }

    private static IReadOnlyList<Reading> ReadingsOf(ReceiptSubject subject, OpenedEntry? entry) => (subject, entry?.Body) switch
    {
        (ReceiptSubject.Readings shown, _) => [.. shown.Proofs.Select(proof => proof.Reading)],
        (_, ReadingBatch batch) => [.. batch.Expand()],
        _ => [],
    };
}
