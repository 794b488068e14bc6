using System.Text;
using CsCheck;
using Dems.Core.Energy;
using Dems.Formats.Tests.CityLearn;

namespace Dems.Formats.Tests;

/// <summary>Whatever happens to the bytes, every format ends, throws nothing, and gives only readings that the ledger can hold.</summary>
public sealed class DamagedFileTests
{
    private static readonly byte[][] Files =
    [
        .. new[]
        {
            "metering_point,carrier,register,start,duration_s,quantity_kwh,quality,revision\nA,heat,import,2024-01-01T00:00:00Z,900,1.5,measured,0\n\"B\",,export,2024-01-01T00:00:00+01:00,900,0,,\n",
            "{\"metering_point\":\"A\",\"register\":\"import\",\"start\":\"2024-01-01T00:00:00Z\",\"duration_s\":900,\"quantity_kwh\":1.5}\n{\"metering_point\":\"\\u0041\",\"register\":\"export\",\"start\":\"2024-01-01T00:00:00Z\",\"end\":\"2024-01-01T01:00:00Z\",\"quantity_wh\":7}\n",
            $"100,NEM12,202401020000,A,B\n200,NMI0000001,E1,1,E1,N1,M,kWh,30,\n300,20240101,{string.Join(',', Enumerable.Repeat("1.25", 48))},V,,,20240102000000,\n400,1,24,A,,\n400,25,48,S14,1,\n900\n",
            "100,NEM13,202401080000,A,B\n250,NMI0000001,11,1,11,11,M1,E,1,20231005093055,A,,,2,20240107100333,A,,,1312.1,kWh,20240407,20240108100333,\n900\n",
            string.Join('\n', MadeUpBuilding.Write(new DateTime(2022, 7, 31, 20, 0, 0, DateTimeKind.Utc), 30)),
        }.Select(Encoding.UTF8.GetBytes),
    ];

    private static readonly Gen<(int At, byte Value, int Kind)[]> Edits =
        Gen.Select(Gen.Int[0, 100_000], Gen.OneOf(Gen.Byte, Gen.OneOf(",;\"\n\r.-09{}:\\ "u8.ToArray())), Gen.Int[0, 3], (at, value, kind) => (at, value, kind)).Array[1, 12];

    [Fact]
    public void Bytes_DamagedAtRandom_NeverThrowNorGiveAnImpossibleReading() =>
        Gen.Select(Gen.Int[0, Files.Length - 1], Edits).Sample(
            (file, edits) =>
            {
                var bytes = Damage(Files[file], edits);
                foreach (var format in ReadingFormats.All)
                {
                    var outcome = Reader.ReadAsync(format, new MemoryStream(bytes), new ImportContext("test")).GetAwaiter().GetResult();
                    Assert.All(outcome.Accepted, row => Check(row));
                    Assert.All(
                        outcome.Rejected,
                        row => Assert.True(row is { Line: >= 0, Reason.Length: > 0, Fix.Length: > 0, Value.Length: <= RejectedRow.MaxValueLength }));
                }
            },
            iter: TestScale.Times(600));

    [Fact]
    public void Format_OfEachFile_IsDetected() =>
        Assert.Equal(
            ["csv", "jsonl", "nem12", "nem13", "citylearn"], Files.Select(file => ReadingFormats.Detect("file", file)?.Name), StringComparer.Ordinal);

    private static void Check(ImportedReading row)
    {
        Assert.NotEmpty(row.MeteringPoint);
        Assert.True(Enum.IsDefined(row.Carrier) && Enum.IsDefined(row.Reading.Register) && Enum.IsDefined(row.Reading.Quality));
        Assert.InRange(row.Reading.Start, 0, Reading.MaxStart);
        Assert.InRange(row.Reading.Duration, 1, Reading.MaxDuration);
        Assert.InRange(row.Reading.Quantity, 0, Reading.MaxQuantity);
        Assert.InRange(row.Reading.Revision, 0, Reading.MaxRevision);
        Assert.True(row.Line > 0);
    }

    private static byte[] Damage(byte[] file, (int At, byte Value, int Kind)[] edits)
    {
        var bytes = file.ToList();
        foreach (var (at, value, kind) in edits)
        {
            var index = at % bytes.Count;
            switch (kind)
            {
                case 0:
                    bytes[index] = value;
                    break;
                case 1:
                    bytes.Insert(index, value);
                    break;
                case 2 when bytes.Count > 1:
                    bytes.RemoveAt(index);
                    break;
                case 3:
                    bytes.InsertRange(index, bytes.GetRange(0, index));
                    break;
            }
        }

        return [.. bytes];
    }
}
