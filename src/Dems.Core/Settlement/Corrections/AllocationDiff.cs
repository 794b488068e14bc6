using Dems.Core.Settlement.Statements;

namespace Dems.Core.Settlement.Corrections;

/// <summary>What a re-run of the allocation changed, as signed differences that name what they replace.</summary>
public static class AllocationDiff
{
    /// <summary>
    /// Compares rows as settled with rows as they are now. Rows that only the earlier list has still hold; rows that only the corrected list has are new. False
    /// with a reason if rows of one list overlap or an interval changed its length.
    /// </summary>
    /// <param name="earlier">What was settled, in any order.</param>
    /// <param name="corrected">What the re-run gave, in any order.</param>
    /// <param name="deltas">Ascending by node, carrier and start; rows that say the same give none.</param>
    /// <param name="error">The reason.</param>
    public static bool TryCompare(IReadOnlyList<AllocatedEnergy> earlier, IReadOnlyList<AllocatedEnergy> corrected, out IReadOnlyList<EnergyDelta> deltas, out string error)
    {
        deltas = [];
        var (old, now) = (earlier.Order().ToArray(), corrected.Order().ToArray());
        error = Refusal(old) ?? Refusal(now) ?? "";
        List<EnergyDelta> found = [];
        var place = 0;
        foreach (var row in error.Length == 0 ? now : [])
        {
            while (place < old.Length && old[place].CompareTo(row) < 0)
            {
                place++;
            }

            var before = place < old.Length && old[place].CompareTo(row) == 0 ? old[place] : null;
            if (before is not null && before.Duration != row.Duration)
            {
                error = $"{Name(row)}: lasted {before.Duration} s and now {row.Duration} s";
                return false;
            }

            if (before is null || before.Energy != row.Energy || before.Reference != row.Reference || before.Provisional != row.Provisional)
            {
                found.Add(new EnergyDelta(row.Node, row.Carrier, row.Start, row.Duration, row.Energy - (before?.Energy ?? default), before?.Reference ?? default, row.Reference));
            }
        }

        deltas = found;
        return error.Length == 0;
    }

    private static string? Refusal(AllocatedEnergy[] rows)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            if (rows[i].Refusal() is { } refusal)
            {
                return $"{Name(rows[i])}: {refusal}";
            }

            if (i > 0 && (rows[i - 1].Node, rows[i - 1].Carrier) == (rows[i].Node, rows[i].Carrier) && rows[i - 1].End > rows[i].Start)
            {
                return $"{Name(rows[i])}: overlaps another row";
            }
        }

        return null;
    }

    private static string Name(AllocatedEnergy row) => $"row of {row.Node}, {row.Carrier}, {row.Start}";
}
