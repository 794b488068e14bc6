using Dems.Core.Crypto;

namespace Dems.Core.Ledger.Receipts;

/// <summary>
/// Checks a certified row with nothing but the genesis document, as <see cref="ReceiptRules"/> checks a receipt: genesis names the first validators; each hand-over is certified by
/// the validators before it; the header is certified by those of its height; its results root proves the row.
/// </summary>
public static class CertifiedRowRules
{
    /// <summary>Whether the row is shown to be a result on a chain of the network; otherwise the part at fault and why.</summary>
    /// <param name="row">The row, from anywhere.</param>
    /// <param name="genesis">The network's document, from a source that the caller trusts.</param>
    /// <param name="verifier">Checks signatures.</param>
    /// <param name="pool">The pool whose chain it is; null if nothing is shown.</param>
    /// <param name="error">Why not.</param>
    public static bool TryVerify(CertifiedRow row, Genesis genesis, ISignatureVerifier verifier, out GenesisPool pool, out ReceiptError error)
    {
        var chain = row.Next.Header.Chain;
        pool = genesis.PoolOf(chain)!;
        error = default;
        if (pool is null)
        {
            error = new ReceiptError("next.header", $"is of chain {chain}, which is none of the network {genesis.Network}");
            return false;
        }

        var trail = new ValidatorTrail(genesis, chain, verifier);
        for (var i = 0; i < row.HandOvers.Count; i++)
        {
            if (trail.Follow(row.HandOvers[i], $"handOvers[{i}]") is { } fault)
            {
                error = fault;
                return false;
            }
        }

        if ((trail.Check(row.Next, "next") ?? CheckProof(row)) is { } found)
        {
            error = found;
            return false;
        }

        return true;
    }

    private static ReceiptError? CheckProof(CertifiedRow row) => row.Proof.Verify(row.Row.Span, row.Next.Header.ResultsRoot)
        ? null
        : new ReceiptError("proof", "does not lead from row to the results root of next.header");
}
