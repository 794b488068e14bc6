using Dems.Core.Ledger;
using Dems.Core.Ledger.Merkle;
using Dems.Core.Settlement.Calendar;
using Dems.Core.Settlement.Corrections;
using Dems.Core.Settlement.Encoding;
using Dems.Core.Settlement.Statements;

namespace Dems.Core.Settlement.OnChain;

/// <summary>What closing a period fixes: its statements as of a block, and the notes about earlier periods that blocks since the last closing gave rise to.</summary>
/// <param name="AsOf">The newest block that counts.</param>
/// <param name="Settlement">Statements and accounts of the period.</param>
/// <param name="Notes">Credit and debit notes of earlier periods, ascending by number.</param>
public sealed record PeriodClosing(Height AsOf, PeriodSettlement Settlement, IReadOnlyList<Note> Notes)
{
    private Hash32[]? _leaves;

    /// <summary>The days.</summary>
    public BillingPeriod Period => Settlement.Period;

    /// <summary>
    /// RFC 9162 root over the hashes of all statements, then all notes, in their order, with their number (as <see cref="ResultsTree.Root"/>): what a ballot approves, and what one
    /// statement can be shown to be part of.
    /// </summary>
    public Hash32 Root => ResultsTree.WithCount(Leaves.Length, MerkleTree.Root(Leaves));

    private Hash32[] Leaves => _leaves ??= [.. Settlement.Statements.Select(StatementCodec.Hash).Concat(Notes.Select(NoteCodec.Hash)).Select(LeafOf)];

    /// <summary>Shows that a statement belongs to the closing.</summary>
    /// <param name="statement">Its place in <see cref="PeriodSettlement.Statements"/>.</param>
    public InclusionProof Prove(int statement) => MerkleTree.ProveInclusion(Leaves, statement);

    /// <summary>Whether a statement or note belongs to the closing with a root.</summary>
    /// <param name="document">Its hash.</param>
    /// <param name="proof">Of <see cref="Prove"/>.</param>
    /// <param name="root">The closing's.</param>
    public static bool Holds(Hash32 document, InclusionProof proof, Hash32 root) =>
        proof.TryComputeRoot(LeafOf(document), out var tree) && ResultsTree.WithCount(proof.TreeSize, tree) == root;

    private static Hash32 LeafOf(Hash32 document) => MerkleHash.Leaf(document.ToArray());
}
