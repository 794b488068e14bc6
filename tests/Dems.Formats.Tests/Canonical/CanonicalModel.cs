using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using Dems.Core.Energy;

namespace Dems.Formats.Tests.Canonical;

/// <summary>Readings made up, and writers for them that share nothing with the readers.</summary>
internal static class CanonicalModel
{
    private static readonly Gen<Reading> Readings = Gen.Select(
        Gen.Enum<Register>(), Gen.Long[0, 4_000_000_000], Gen.Int[1, Reading.MaxDuration], Gen.Long[0, Reading.MaxQuantity], Gen.Enum<Quality>(), Gen.Int[0, Reading.MaxRevision],
        (register, start, duration, quantity, quality, revision) => new Reading(register, start, duration, quantity, quality, revision));

    private static readonly Gen<string> Points = Gen.OneOf(
        Gen.Int[0, 9].Select(i => $"AT00{i:00000000}"), Gen.Char["a~\",;.!x\\"].Array[1, 8].Select(text => $"<{new string(text)}>"));

    /// <summary>A row; its line is filled in by whoever writes it.</summary>
    public static readonly Gen<ImportedReading> Row = Gen.Select(
        Points, Gen.Enum<Carrier>(), Readings, (point, carrier, reading) => new ImportedReading(point, carrier, reading, 0));

    /// <summary>How a file may be written.</summary>
    public static readonly Gen<Dialect> Dialects = Gen.Select(
        Gen.Bool, Gen.Bool, Gen.Bool, Gen.Bool, Gen.Bool, Gen.Bool, Gen.Int[-12, 14], Gen.Int[0, 10_000],
        (semicolon, crlf, bom, quotesAll, usesEnd, usesKwh, offset, order) => new Dialect(
            semicolon ? ';' : ',', crlf ? "\r\n" : "\n", bom, quotesAll, usesEnd, usesKwh, offset, order));

    public static string WriteCsv(IReadOnlyList<ImportedReading> rows, Dialect dialect)
    {
        var text = new StringBuilder(dialect.Bom ? "\uFEFF" : "");
        var columns = Columns(dialect);
        text.AppendJoin(dialect.Delimiter, columns.Select(column => dialect.Quote(column))).Append(dialect.LineEnd);
        foreach (var row in rows)
        {
            var values = Values(row, dialect);
            text.AppendJoin(dialect.Delimiter, columns.Select(column => dialect.Quote(values[column]))).Append(dialect.LineEnd);
        }

        return text.ToString();
    }

    public static string WriteJsonLines(IReadOnlyList<ImportedReading> rows, Dialect dialect)
    {
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            var values = Values(row, dialect);
            var members = Columns(dialect).Select(column => $"{JsonSerializer.Serialize(column)}:{(IsNumber(column) && !dialect.QuotesAll ? values[column] : JsonSerializer.Serialize(values[column]))}");
            text.Append('{').AppendJoin(',', members).Append('}').Append(dialect.LineEnd);
        }

        return text.ToString();
    }

    private static bool IsNumber(string column) => column is "duration_s" or "quantity_wh" or "quantity_kwh" or "revision";

    private static string[] Columns(Dialect dialect)
    {
        string[] columns =
        [
            "metering_point", "carrier", "register", "start", dialect.UsesEnd ? "end" : "duration_s", dialect.UsesKwh ? "quantity_kwh" : "quantity_wh", "quality", "revision",
        ];
        new Random(dialect.Order).Shuffle(columns);
        return columns;
    }

    private static Dictionary<string, string> Values(ImportedReading row, Dialect dialect)
    {
        var reading = row.Reading;
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["metering_point"] = row.MeteringPoint,
            ["carrier"] = row.Carrier == Carrier.NaturalGas ? "natural_gas" : row.Carrier.ToString().ToLowerInvariant(),
            ["register"] = reading.Register == Register.StateOfCharge ? "state_of_charge" : reading.Register.ToString().ToLowerInvariant(),
            ["start"] = dialect.Time(reading.Start),
            ["end"] = dialect.Time(reading.Start + reading.Duration),
            ["duration_s"] = reading.Duration.ToString(CultureInfo.InvariantCulture),
            ["quantity_wh"] = reading.Quantity.ToString(CultureInfo.InvariantCulture),
            ["quantity_kwh"] = (reading.Quantity / 1000m).ToString(CultureInfo.InvariantCulture),
            ["quality"] = reading.Quality.ToString().ToLowerInvariant(),
            ["revision"] = reading.Revision.ToString(CultureInfo.InvariantCulture),
        };
    }

    internal sealed record Dialect(char Delimiter, string LineEnd, bool Bom, bool QuotesAll, bool UsesEnd, bool UsesKwh, int OffsetHours, int Order)
    {
        public string Quote(string text) =>
            QuotesAll || text.Contains(Delimiter) || text.Contains('"') ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

        public string Time(long seconds)
        {
            var time = DateTimeOffset.FromUnixTimeSeconds(seconds).ToOffset(TimeSpan.FromHours(OffsetHours));
            return OffsetHours == 0 ? $"{time:yyyy-MM-ddTHH:mm:ss}Z" : $"{time:yyyy-MM-ddTHH:mm:sszzz}";
        }
    }
}
