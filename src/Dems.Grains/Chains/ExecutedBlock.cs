using Dems.Core.Ledger;
using Dems.Core.Ledger.Entries;
using Dems.Core.Ledger.Execution;
using Dems.Replication.Ports;

namespace Dems.Grains.Chains;

/// <summary>What the execution of a block gave, on its way to the query tables.</summary>
/// <param name="Height">The block.</param>
/// <param name="Readings">Readings that were applied, in chain order.</param>
/// <param name="Results">All rows; null if there are none.</param>
internal sealed record ExecutedBlock(Height Height, IReadOnlyList<ProjectedReading> Readings, ProjectedResults? Results)
{
    /// <summary>Picks the applied batches out of a block, and its results.</summary>
    public static ExecutedBlock Of(BlockHeader header, IReadOnlyList<OpenedEntry> entries, ExecutionResult executed)
    {
        var readings = new List<ProjectedReading>();
        for (var i = 0; i < entries.Count; i++)
        {
            var row = executed.Results[i];
            if (row.Outcome == EntryOutcome.Applied && entries[i].Body is ReadingBatch batch)
            {
                foreach (var reading in batch.Expand())
                {
                    readings.Add(new ProjectedReading(batch.Node, reading, row.Index));
                }
            }
        }

        var results = executed.Block.Rows.Count == 0 ? null : new ProjectedResults(header.Height, header.TreeSize - entries.Count, executed.Block);
        return new ExecutedBlock(header.Height, readings, results);
    }
}
