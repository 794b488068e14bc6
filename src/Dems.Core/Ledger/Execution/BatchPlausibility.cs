using Dems.Core.Energy;
using Dems.Core.Energy.Plausibility;
using Dems.Core.Ledger.Entries;

namespace Dems.Core.Ledger.Execution;

/// <summary>Judges the readings of a batch against what the state knows of their node. Reads the state and changes nothing: execution does not look at it.</summary>
public static class BatchPlausibility
{
    /// <summary>One set of marks per reading, in the order of <see cref="ReadingBatch.Expand"/>.</summary>
    /// <param name="state">The state before or after the batch: readings of its own intervals do not count as seen.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="now">Time of judging in seconds since 1970-01-01T00:00:00Z.</param>
    public static IReadOnlyList<Implausibility> Judge(LedgerState state, ReadingBatch batch, long now)
    {
        var marks = new Implausibility[batch.Count];
        if (state.FindNode(batch.Node) is not { } node)
        {
            return marks;
        }

        var limits = new NodeLimits(node.Sources);
        var place = 0;
        foreach (var run in batch.Runs)
        {
            var rules = new PlausibilityRules(run.Register, limits, HistoryOf(state, batch.Node, run), now);
            for (var i = 0; i < run.Quantities.Length; i++)
            {
                marks[place++] = rules.Judge(run[i]);
            }
        }

        return marks;
    }

    private static IEnumerable<Reading> HistoryOf(LedgerState state, NodeAddress node, ReadingRun run)
    {
        var day = (int)(run.Start / BatchExecution.SecondsPerDay);
        return Enumerable.Range(day - 1, 2)
            .Where(candidate => candidate >= 0)
            .SelectMany(candidate => state.ReadDay(node, run.Register, candidate))
            .Where(reading => reading.Start < run.Start || reading.Start >= run.End);
    }
}
