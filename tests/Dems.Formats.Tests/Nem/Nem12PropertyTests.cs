using System.Globalization;
using System.Text;
using CsCheck;
using Dems.Core.Energy;
using Dems.Formats.Nem;

namespace Dems.Formats.Tests.Nem;

/// <summary>Made-up streams, written here and compared with what is read.</summary>
public sealed class Nem12PropertyTests
{
    private static readonly string[] Methods = ["A", "S14", "F52", "E64"];

    private static readonly Gen<Day> Days = Gen.Select(
        Gen.Int[0, 1_000_000].Array[288], Gen.OneOf(Methods).Array[1, 5], Gen.Int[1, 287].Array[4], (values, methods, cuts) => new Day(
            values, methods, cuts));

    private static readonly Gen<Stream> Streams = Gen.Select(
        Gen.Int[0, 99], Gen.OneOf('E', 'B'), Gen.Int[1, 3], Gen.OneOf(5, 15, 30), Gen.OneOf("Wh", "kWh", "MWh", "KWH"), Gen.Int[0, 20_000], Days.Array[1, 4],
        (nmi, letter, meter, minutes, unit, date, days) => new Stream(
            $"NMI00000{nmi:00}", letter, meter, minutes, unit, new DateOnly(1990, 1, 1).AddDays(date), days));

    [Fact]
    public void File_OfAnyStreams_GivesWhatWasWritten() =>
        Gen.Select(Streams.Array[1, 4], Gen.Int[1, 10_000]).Sample(
            (streams, piece) =>
            {
                var (lines, expected) = Write(streams);
                var outcome = Read(lines, piece);
                Assert.Empty(outcome.Rejected);
                Assert.Equal(expected, outcome.Accepted);
            },
            iter: TestScale.Times(100));

    /// <summary>Damage to a day or to one of its 400 records costs that day; damage to a 200 record costs its stream.</summary>
    [Fact]
    public void File_WithOneDamagedRecord_LosesWhatDependsOnItOnly() =>
        Gen.Select(Streams.Array[1, 4], Gen.Int[0, 10_000], Gen.Int[0, 2]).Sample(
            (streams, pick, damage) =>
            {
                var (lines, expected) = Write(streams);
                var victim = 1 + pick % (lines.Count - 2);
                var (from, to) = Dependents(lines, victim);
                lines[victim] = damage switch
                {
                    0 => "x" + lines[victim],
                    1 => Damage(lines[victim].Split(',')),
                    _ => lines[victim].Insert(4, "\""),
                };
                var outcome = Read(lines, piece: 10_000);

                Assert.Equal(expected.Where(row => row.Line < from + 1 || row.Line > to + 1), outcome.Accepted);
                Assert.Contains(outcome.Rejected, row => row.Line == victim + 1);
                Assert.All(outcome.Rejected, row => Assert.InRange(row.Line, from + 1, to + 1));
            },
            iter: TestScale.Times(300));

    /// <summary>A second field that no record can have: an NMI of two letters, an impossible day, an interval 999.</summary>
    private static string Damage(string[] fields)
    {
        fields[1] = fields[0] switch { "200" => "XX", "300" => "20230230", _ => "999" };
        return string.Join(',', fields);
    }

    private static (int From, int To) Dependents(List<string> lines, int victim)
    {
        var from = victim;
        while (lines[victim].StartsWith('4') && !lines[from].StartsWith('3'))
        {
            from--;
        }

        var isStream = lines[victim].StartsWith('2');
        var to = victim + 1;
        while (!lines[to].StartsWith('2') && !lines[to].StartsWith('9') && (isStream || !lines[to].StartsWith('3')))
        {
            to++;
        }

        return (from, to - 1);
    }

    private static Reader.Outcome Read(List<string> lines, int piece)
    {
        var content = new ChunkedStream(Encoding.UTF8.GetBytes(string.Join("\r\n", lines) + "\r\n"), lines.Count, piece);
        return Reader.ReadAsync(new Nem12Format(), content, new ImportContext("test")).GetAwaiter().GetResult();
    }

    private static (List<string> Lines, List<ImportedReading> Expected) Write(Stream[] streams)
    {
        var (lines, expected) = (new List<string> { "100,NEM12,202401020000,MDP1,RET1" }, new List<ImportedReading>());
        foreach (var stream in streams)
        {
            lines.Add($"200,{stream.Nmi},E1B1,1,{stream.Letter}{stream.Meter},N1,M1,{stream.Unit},{stream.Minutes},");
            for (var d = 0; d < stream.Days.Length; d++)
            {
                WriteDay(stream, stream.First.AddDays(d), stream.Days[d], lines, expected);
            }
        }

        lines.Add("900");
        return (lines, expected);
    }

    private static void WriteDay(Stream stream, DateOnly date, Day day, List<string> lines, List<ImportedReading> expected)
    {
        var count = 1440 / stream.Minutes;
        var divisor = stream.Unit.ToUpperInvariant() switch { "WH" => 1m, "KWH" => 1000m, _ => 1_000_000m };
        var values = day.Values.Take(count).Select(value => (value / divisor).ToString(CultureInfo.InvariantCulture));
        lines.Add($"300,{date:yyyyMMdd},{string.Join(',', values)},{(day.Methods.Length == 1 ? day.Methods[0] : "V")},,,20240102120025,");
        var dayLine = lines.Count;
        int[] ends = [.. day.Cuts.Take(day.Methods.Length - 1).Select(cut => cut % count).Where(cut => cut > 0).Distinct().Order(), count];
        var first = 0;
        for (var part = 0; part < ends.Length; part++)
        {
            if (day.Methods.Length > 1)
            {
                lines.Add($"400,{first + 1},{ends[part]},{day.Methods[part]},,");
            }

            for (; first < ends[part]; first++)
            {
                var start = new DateTimeOffset(date.Year, date.Month, date.Day, 0, 0, 0, TimeSpan.FromHours(10)).AddMinutes(first * stream.Minutes).ToUnixTimeSeconds();
                var quality = day.Methods[part][0] switch { 'A' => Quality.Measured, 'E' => Quality.Estimated, _ => Quality.Substituted };
                var register = stream.Letter == 'E' ? Register.Import : Register.Export;
                var point = stream.Meter == 1 ? stream.Nmi : $"{stream.Nmi}/{stream.Meter}";
                expected.Add(new ImportedReading(
                    point, Carrier.Electricity, new Reading(register, start, stream.Minutes * 60, day.Values[first], quality, 0), dayLine));
            }
        }
    }

    private sealed record Day(int[] Values, string[] Methods, int[] Cuts);

    private sealed record Stream(string Nmi, char Letter, int Meter, int Minutes, string Unit, DateOnly First, Day[] Days);
}
