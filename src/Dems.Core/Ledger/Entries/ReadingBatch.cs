using Dems.Core.Energy;

namespace Dems.Core.Ledger.Entries;

/// <summary>
/// 1…<see cref="MaxReadings"/> readings of exactly one node. Runs ascend strictly by (register, start) and do not overlap within a register, so
/// that every interval stands at most once in a batch; two revisions of one interval go into two batches.
/// </summary>
/// <param name="Node">Whose readings these are.</param>
/// <param name="Runs">The readings; see above for their order.</param>
public sealed record ReadingBatch(NodeAddress Node, IReadOnlyList<ReadingRun> Runs) : EntryBody
{
    /// <summary>Most readings of a batch.</summary>
    public const int MaxReadings = 1_000;

    /// <inheritdoc/>
    public override EntryKind Kind => EntryKind.Batch;

    /// <summary>Root of the batch's own tree (<see cref="ReadingTree"/>). Known after decoding; the builder computes it from the salt.</summary>
    public Hash32 ReadingsRoot { get; init; }

    /// <summary>Number of readings.</summary>
    public int Count => Runs.Sum(run => run.Quantities.Length);

    /// <summary>The readings one by one, in the order of the batch's tree.</summary>
    public IEnumerable<Reading> Expand()
    {
        foreach (var run in Runs)
        {
            for (var i = 0; i < run.Quantities.Length; i++)
            {
                yield return run[i];
            }
        }
    }

    /// <summary>
    /// Packs readings of one node into as few batches as their number and order allow: sorted by (register, start), equal intervals by revision and
    /// then into successive batches. False with a reason if intervals overlap otherwise or a value is out of its bounds.
    /// </summary>
    public static bool TryPack(NodeAddress node, IEnumerable<Reading> readings, out IReadOnlyList<ReadingBatch> batches, out string error) =>
        ReadingPacker.TryPack(node, readings, out batches, out error);
}
