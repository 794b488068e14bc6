using Dems.Core.Ledger.Merkle;

namespace Dems.Core.Ledger.Execution;

/// <summary>All rows of a block's results with the seed that blinds them: what a member keeps to show single rows later. The next header says whether it is right.</summary>
public sealed class BlockResults
{
    private readonly Lazy<ResultsTree> _tree;

    /// <summary>Results of a block.</summary>
    /// <param name="seed">The block's seed; zero if there are no rows.</param>
    /// <param name="rows">Encoded rows: first one per entry, in block order, then those of what became due.</param>
    public BlockResults(Hash32 seed, IReadOnlyList<ReadOnlyMemory<byte>> rows)
    {
        (Seed, Rows) = (seed, rows);
        _tree = new Lazy<ResultsTree>(() => ResultsTree.Build(Seed.ToArray(), Rows));
    }

    /// <summary>Blinds the rows. Known to those only who may see all of them.</summary>
    public Hash32 Seed { get; }

    /// <summary>Encoded rows, in the order of the tree.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Rows { get; }

    /// <summary>The rows as a tree; shows single ones.</summary>
    public ResultsTree Tree => _tree.Value;
}
