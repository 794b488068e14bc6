using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using Dems.Formats;
using Dems.Formats.Canonical;

namespace Dems.Bench;

/// <summary>Rows per second of the canonical CSV on one core, from memory; the goal is a million. Ten metering points, quarter-hours.</summary>
[MemoryDiagnoser]
public class CanonicalCsvReading
{
    private const int Rows = 100_000;
    private const int MeteringPoints = 10;

    private readonly CanonicalCsvFormat _format = new();
    private readonly ImportContext _context = new("bench.csv");
    private byte[] _file = [];

    /// <summary>Writes the file.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var text = new StringBuilder("metering_point,register,start,duration_s,quantity_kwh,quality\n");
        for (var i = 0; i < Rows; i++)
        {
            var start = DateTime.UnixEpoch.AddSeconds(1_700_000_100 + (long)(i / MeteringPoints) * 900);
            var quantity = (i * 7919 % 5000 / 1000m).ToString("0.000", CultureInfo.InvariantCulture);
            text.Append(
                CultureInfo.InvariantCulture,
                $"AT00999900000000000000000000{i % MeteringPoints:00000},import,{start:yyyy-MM-ddTHH:mm:ssZ},900,{quantity},measured\n");
        }

        _file = Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Time and allocation of one row.</summary>
    [Benchmark(OperationsPerInvoke = Rows)]
    public async Task<long> Row()
    {
        var total = 0L;
        await foreach (var row in _format.ReadAsync(new MemoryStream(_file), _context, CancellationToken.None))
        {
            total += row is ImportRow.Accepted(var reading) ? reading.Reading.Quantity : throw new InvalidDataException($"{row}");
        }

        return total;
    }
}
