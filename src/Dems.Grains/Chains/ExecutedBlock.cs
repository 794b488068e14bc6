using Dems.Core.Ledger;
using Dems.Core.Ledger.Entries;
using Dems.Core.Ledger.Execution;
using Dems.Replication.Ports;

namespace Dems.Grains.Chains;

/// <summary>What the execution of a block gave, on its way to the query tables. What they need beyond it is worked out when they take it, off the chain's path.</summary>
/// <param name="Header">The block's header.</param>
/// <param name="Entries">Its entries, opened.</param>
/// <param name="Executed">What executing them gave.</param>
internal sealed record ExecutedBlock(BlockHeader Header, IReadOnlyList<OpenedEntry> Entries, ExecutionResult Executed)
{
    /// <summary>The block.</summary>
    public Height Height => Header.Height;

    /// <summary>All rows; null if there are none.</summary>
    public ProjectedResults? Results => Executed.Block.Rows.Count == 0 ? null : new ProjectedResults(Height, Header.TreeSize - Entries.Count, Executed.Block);

    /// <summary>The readings of the batches that were applied, in chain order, each with the marks of the plausibility rules at the block's time.</summary>
    public IEnumerable<ProjectedReading> Readings()
    {
        for (var i = 0; i < Entries.Count; i++)
        {
            var row = Executed.Results[i];
            if (row.Outcome != EntryOutcome.Applied || Entries[i].Body is not ReadingBatch batch)
            {
                continue;
            }

            var marks = BatchPlausibility.Judge(Executed.State, batch, Header.Time.UnixMilliseconds / 1000);
            var place = 0;
            foreach (var reading in batch.Expand())
            {
                yield return new ProjectedReading(batch.Node, reading, row.Index, marks[place++]);
            }
        }
    }
}
