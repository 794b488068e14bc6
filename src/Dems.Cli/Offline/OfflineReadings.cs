using Dems.Core.Energy;
using Dems.Formats;
using Dems.Ingest.Importing;

namespace Dems.Cli.Offline;

/// <summary>
/// Readings of files as a chain would keep them: of one interval of a register the highest revision, whatever the order of the files. What contradicts another reading
/// is reported and not used.
/// </summary>
internal sealed class OfflineReadings
{
    private readonly SortedDictionary<(MeteringPoint Point, Register Register), SortedDictionary<long, Held>> _series = new(SeriesOrder.Instance);

    private OfflineReadings()
    {
    }

    /// <summary>Rows that held a reading, repeats included.</summary>
    public long Rows { get; private set; }

    /// <summary>Metering points with a reading, ascending.</summary>
    public IReadOnlyList<MeteringPoint> Points => [.. _series.Keys.Select(key => key.Point).Distinct()];

    /// <summary>All registers, ascending by metering point and register, each with its readings ascending by start.</summary>
    public IEnumerable<(MeteringPoint Point, Register Register, IEnumerable<Reading> Readings)> Series =>
        _series.Select(series => (series.Key.Point, series.Key.Register, series.Value.Values.Select(held => held.Reading)));

    /// <summary>Reads all sources; what cannot be used goes to the report.</summary>
    public static async Task<OfflineReadings> ReadAsync(IReadOnlyList<IReadingSource> sources, RejectReport report, CancellationToken cancellationToken)
    {
        var readings = new OfflineReadings();
        foreach (var source in sources)
        {
            await foreach (var row in source.ReadAsync(cancellationToken))
            {
                report.Add(row);
                if (row is ImportRow.Accepted(var reading))
                {
                    readings.Add(new Held(reading.Reading, source.Name, reading.Line), new MeteringPoint(reading.MeteringPoint, reading.Carrier), report);
                }
            }
        }

        readings.RefuseOverlaps(report);
        report.Flush();
        return readings;
    }

    private void Add(Held next, MeteringPoint point, RejectReport report)
    {
        Rows++;
        var key = (point, next.Reading.Register);
        if (!_series.TryGetValue(key, out var readings))
        {
            _series.Add(key, readings = []);
        }

        if (!readings.TryGetValue(next.Reading.Start, out var held) || next.Reading.Revision > held.Reading.Revision)
        {
            readings[next.Reading.Start] = next;
        }
        else if (next.Reading.Revision == held.Reading.Revision && next.Reading != held.Reading)
        {
            Refuse(next, report, $"{held.File}, line {held.Line}, has another value for this interval", "keep one, or give the newer a higher revision");
        }
    }

    private void RefuseOverlaps(RejectReport report)
    {
        foreach (var readings in _series.Values)
        {
            var end = long.MinValue;
            List<Held> overlapping = [];
            foreach (var held in readings.Values)
            {
                if (held.Reading.Start < end)
                {
                    overlapping.Add(held);
                }
                else
                {
                    end = held.Reading.Start + held.Reading.Duration;
                }
            }

            foreach (var held in overlapping)
            {
                readings.Remove(held.Reading.Start);
                Refuse(held, report, "overlaps another reading of this register", "keep one of the two");
            }
        }
    }

    private static void Refuse(Held held, RejectReport report, string reason, string fix) =>
        report.Add(new ImportRow.Rejected(new RejectedRow(held.File, held.Line, "start", $"{DateTimeOffset.FromUnixTimeSeconds(held.Reading.Start):yyyy-MM-ddTHH:mm:ssZ}", reason, fix)));

    private readonly record struct Held(Reading Reading, string File, long Line);

    private sealed class SeriesOrder : IComparer<(MeteringPoint Point, Register Register)>
    {
        public static readonly SeriesOrder Instance = new();

        public int Compare((MeteringPoint Point, Register Register) x, (MeteringPoint Point, Register Register) y)
        {
            var order = x.Point.Carrier.CompareTo(y.Point.Carrier);
            order = order != 0 ? order : string.CompareOrdinal(x.Point.Id, y.Point.Id);
            return order != 0 ? order : x.Register.CompareTo(y.Register);
        }
    }
}
