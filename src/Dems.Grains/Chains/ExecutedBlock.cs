using Dems.Core.Ledger;
using Dems.Core.Ledger.Entries;
using Dems.Core.Ledger.Execution;
using Dems.Replication.Ports;

namespace Dems.Grains.Chains;

/// <summary>The readings of a block that its execution applied, on their way to the query tables.</summary>
/// <param name="Height">The block.</param>
/// <param name="Readings">In chain order.</param>
internal sealed record ExecutedBlock(Height Height, IReadOnlyList<ProjectedReading> Readings)
{
    /// <summary>Picks the applied batches out of a block.</summary>
    public static ExecutedBlock Of(Height height, IReadOnlyList<OpenedEntry> entries, IReadOnlyList<EntryResult> results)
    {
        var readings = new List<ProjectedReading>();
        for (var i = 0; i < entries.Count; i++)
        {
            if (results[i].Outcome == EntryOutcome.Applied && entries[i].Body is ReadingBatch batch)
            {
                foreach (var reading in batch.Expand())
                {
                    readings.Add(new ProjectedReading(batch.Node, reading, results[i].Index));
                }
            }
        }

        return new ExecutedBlock(height, readings);
    }
}
