using Dems.Core.Crypto;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Receipts;
using Dems.Core.Settlement.Calendar;
using Dems.Core.Settlement.Encoding;

namespace Dems.Core.Settlement.OnChain;

/// <summary>
/// Checks a statement with nothing but the genesis document, in the order in which trust flows: genesis names the first validators, each hand-over is certified by those before it;
/// headers are certified by those of their heights; their results roots prove the rows of intervals, a state root the pool's records; from both the statement is computed again, and
/// must come to the same bytes. It rests on what consensus rests on: fewer than a third of any set of validators ever sign falsely.
/// <para>What it cannot see is a block that was left out: whoever made the proof of an open period may have held back a later correction. The statement of a closed one was approved.</para>
/// </summary>
public static class StatementProofRules
{
    /// <summary>Whether the proof proves its statement; otherwise the part at fault and why.</summary>
    /// <param name="proof">The proof, from anywhere.</param>
    /// <param name="genesis">The network's document, from a source that the caller trusts.</param>
    /// <param name="time">Local time of the pool's zone, from a source that the caller trusts.</param>
    /// <param name="verifier">Checks signatures.</param>
    /// <param name="findings">What is proven; null if nothing is.</param>
    /// <param name="error">Why not.</param>
    public static bool TryVerify(
        StatementProof proof, Genesis genesis, LocalTimeRules time, ISignatureVerifier verifier, out StatementFindings findings, out ReceiptError error)
    {
        findings = null!;
        var statement = proof.Statement;
        if (genesis.PoolOf(statement.Chain) is not { } pool)
        {
            error = new ReceiptError("statement", $"is of chain {statement.Chain}, which is none of the network {genesis.Network}");
            return false;
        }

        if (time.Zone != pool.TimeZone)
        {
            error = new ReceiptError("statement", $"pool '{pool.Name}' reckons by {pool.TimeZone}, not {time.Zone}");
            return false;
        }

        var trail = new ValidatorTrail(genesis, statement.Chain, verifier);
        PoolRecords records = null!;
        var history = new PoolHistory();
        if ((CheckHeaders(proof, trail) ?? ReadState(proof, out records) ?? ReadBlocks(proof, trail, history) ?? Recompute(proof, records, history, time)) is { } found)
        {
            error = found;
            return false;
        }

        var closing = records.Closed.FirstOrDefault(closed => closed.Period == statement.Period && closed.AsOf == proof.AsOf);
        if (proof.Closing is { } path && (closing is null || !PeriodClosing.Holds(StatementCodec.Hash(statement), path, closing.Statements)))
        {
            error = new ReceiptError("closing", closing is null ? $"no ballot closed {statement.Period} as of block {proof.AsOf}" : $"does not lead to {closing.Statements}, which ballot {closing.Ballot} approved");
            return false;
        }

        error = default;
        var runs = statement.Sections.SelectMany(section => section.Evidence).ToList();
        findings = new StatementFindings(
            pool,
            statement,
            proof.AsOf,
            proof.Head.Header,
            runs.Sum(run => (long)run.Count),
            runs.Where(run => run.Provisional).Sum(run => (long)run.Count),
            proof.Closing is null ? null : closing);
        return true;
    }

    private static ReceiptError? CheckHeaders(StatementProof proof, ValidatorTrail trail)
    {
        for (var i = 0; i < proof.HandOvers.Count; i++)
        {
            if (trail.Follow(proof.HandOvers[i], $"handOvers[{i}]") is { } error)
            {
                return error;
            }
        }

        return trail.Check(proof.Head, "head");
    }

    private static ReceiptError? ReadState(StatementProof proof, out PoolRecords records)
    {
        records = null!;
        return proof.State.FirstOrDefault(item => !item.Holds(proof.Head.Header.StateRoot)) is { } other
            ? new ReceiptError("state", $"key {other.Key} does not lead to the state root of head")
            : PoolRecords.TryRead(proof.State, out records, out var reason) ? null : new ReceiptError("state", reason);
    }

    private static ReceiptError? ReadBlocks(StatementProof proof, ValidatorTrail trail, PoolHistory history)
    {
        for (var i = 0; i < proof.Blocks.Count; i++)
        {
            var (field, block) = ($"blocks[{i}]", proof.Blocks[i]);
            if (block.Height <= history.Height || block.Height > proof.AsOf)
            {
                return new ReceiptError(field, $"of height {block.Height} is out of order, or above {proof.AsOf}");
            }

            if (trail.Check(block.Next, $"{field}.next") is { } error)
            {
                return error;
            }

            if (block.Results.Tree.Root != block.Next.Header.ResultsRoot)
            {
                return new ReceiptError(field, $"the rows are not those that block {block.Next.Header.Height} commits to");
            }

            if (!history.TryAdd(block.Height, block.Results, out var reason))
            {
                return new ReceiptError(field, reason);
            }
        }

        return null;
    }

    private static ReceiptError? Recompute(StatementProof proof, PoolRecords records, PoolHistory history, LocalTimeRules time)
    {
        var statement = proof.Statement;
        if (records.Chain != statement.Chain)
        {
            return new ReceiptError("state", $"is of chain {records.Chain}");
        }

        if (!new SettlementHistory(records, history, time).TrySettle(statement.Period, proof.AsOf, out var settlement, out var reason))
        {
            return new ReceiptError("statement", reason);
        }

        return settlement.Statements.FirstOrDefault(candidate => candidate.Party == statement.Party) is { } computed && computed == statement
            ? null
            : new ReceiptError("statement", "is not what follows from rows, contracts and tariffs");
    }
}
