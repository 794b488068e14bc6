using Dems.Core.Energy;

namespace Dems.Core.Ledger.Entries;

/// <summary>Packs readings of one node into batches; see <see cref="ReadingBatch.TryPack"/>.</summary>
internal static class ReadingPacker
{
    public static bool TryPack(NodeAddress node, IEnumerable<Reading> readings, out IReadOnlyList<ReadingBatch> batches, out string error)
    {
        batches = [];
        var sorted = readings.ToArray();
        error = sorted.Select(BoundsRefusal).FirstOrDefault(refusal => refusal is not null) ?? "";
        if (error.Length != 0)
        {
            return false;
        }

        Array.Sort(sorted, ByRegisterStartRevision);
        var packed = new List<ReadingBatch>();
        foreach (var layer in SplitRevisions(sorted))
        {
            if (FirstOverlap(layer) is { } at)
            {
                error = $"{layer[at].Register} at {layer[at].Start} overlaps the interval that starts at {layer[at - 1].Start}";
                return false;
            }

            foreach (var part in layer.Chunk(ReadingBatch.MaxReadings))
            {
                packed.Add(new ReadingBatch(node, Runs(part)));
            }
        }

        batches = packed;
        return true;
    }

    /// <summary>The n-th smallest revision of every interval goes into layer n, so that batches in order apply revisions in order.</summary>
    private static List<Reading[]> SplitRevisions(Reading[] sorted)
    {
        var layers = new List<List<Reading>>();
        var depth = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            var sameInterval = i > 0
                && (sorted[i].Register, sorted[i].Start, sorted[i].Duration) == (sorted[i - 1].Register, sorted[i - 1].Start, sorted[i - 1].Duration);
            depth = sameInterval ? depth + 1 : 0;
            if (depth == layers.Count)
            {
                layers.Add([]);
            }

            layers[depth].Add(sorted[i]);
        }

        return [.. layers.Select(layer => layer.ToArray())];
    }

    private static int? FirstOverlap(Reading[] layer)
    {
        for (var i = 1; i < layer.Length; i++)
        {
            if (layer[i].Register == layer[i - 1].Register && layer[i].Start < layer[i - 1].Start + layer[i - 1].Duration)
            {
                return i;
            }
        }

        return null;
    }

    private static List<ReadingRun> Runs(Reading[] readings)
    {
        var runs = new List<ReadingRun>();
        var quantities = new List<long>();
        for (var i = 0; i < readings.Length; i++)
        {
            quantities.Add(readings[i].Quantity);
            if (i + 1 < readings.Length && Continues(readings[i], readings[i + 1]))
            {
                continue;
            }

            var first = readings[i + 1 - quantities.Count];
            runs.Add(new ReadingRun(first.Register, first.Start, first.Duration, first.Quality, first.Revision, quantities.ToArray()));
            quantities.Clear();
        }

        return runs;
    }

    private static bool Continues(in Reading reading, in Reading next) =>
        next == reading with { Start = reading.Start + reading.Duration, Quantity = next.Quantity };

    private static int ByRegisterStartRevision(Reading x, Reading y)
    {
        var order = x.Register.CompareTo(y.Register);
        order = order != 0 ? order : x.Start.CompareTo(y.Start);
        order = order != 0 ? order : x.Duration.CompareTo(y.Duration);
        order = order != 0 ? order : x.Revision.CompareTo(y.Revision);
        order = order != 0 ? order : x.Quantity.CompareTo(y.Quantity);
        return order != 0 ? order : x.Quality.CompareTo(y.Quality);
    }

    internal static string? BoundsRefusal(Reading reading)
    {
        if (!Enum.IsDefined(reading.Register) || !Enum.IsDefined(reading.Quality))
        {
            return $"register {(int)reading.Register} or quality {(int)reading.Quality} is not known";
        }

        var inBounds = reading.Start is >= 0 and <= Reading.MaxStart
            && reading.Duration is >= 1 and <= Reading.MaxDuration
            && reading.Quantity is >= 0 and <= Reading.MaxQuantity
            && reading.Revision is >= 0 and <= Reading.MaxRevision;
        return inBounds ? null : $"{reading} is out of bounds";
    }
}
