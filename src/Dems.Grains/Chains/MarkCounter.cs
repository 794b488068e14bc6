using Dems.Core.Energy.Plausibility;
using Dems.Replication.Ports;

namespace Dems.Grains.Chains;

/// <summary>Counts the marks of readings that pass through on their way to the query tables.</summary>
internal sealed class MarkCounter
{
    private static readonly Implausibility[] Marks = [.. Enum.GetValues<Implausibility>().Where(mark => mark != Implausibility.None)];

    private readonly long[] _counts = new long[Marks.Length];

    /// <summary>How many readings had each mark.</summary>
    public IEnumerable<KeyValuePair<Implausibility, long>> Counts => Marks.Zip(_counts, KeyValuePair.Create);

    /// <summary>The readings, counted as they are enumerated.</summary>
    public IEnumerable<ProjectedReading> Count(IEnumerable<ProjectedReading> readings)
    {
        foreach (var reading in readings)
        {
            for (var i = 0; reading.Marks != Implausibility.None && i < Marks.Length; i++)
            {
                _counts[i] += reading.Marks.HasFlag(Marks[i]) ? 1 : 0;
            }

            yield return reading;
        }
    }
}
