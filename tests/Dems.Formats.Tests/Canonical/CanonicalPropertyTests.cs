using System.Text;
using CsCheck;
using Dems.Formats.Canonical;

namespace Dems.Formats.Tests.Canonical;

public sealed class CanonicalPropertyTests
{
    private static readonly string[] Damages = ["", "x", "-1", "2024-02-30T00:00:00Z", "1.00001", "99999999999999999", "\u0001"];

    [Fact]
    public void Csv_OfAnyDialectInAnyPieces_GivesWhatWasWritten() =>
        Gen.Select(CanonicalModel.Row.Array[0, 30], CanonicalModel.Dialects, Gen.Int[1, 5000]).Sample(
            (rows, dialect, piece) =>
            {
                var file = Encoding.UTF8.GetBytes(CanonicalModel.WriteCsv(rows, dialect));
                var outcome = Read(new CanonicalCsvFormat(), new ChunkedStream(file, dialect.Order, piece));
                Assert.Empty(outcome.Rejected);
                Assert.Equal(rows.Select((row, i) => row with { Line = i + 2 }), outcome.Accepted);
            },
            iter: TestScale.Times(500));

    [Fact]
    public void JsonLines_OfAnyDialectInAnyPieces_GiveWhatWasWritten() =>
        Gen.Select(CanonicalModel.Row.Array[1, 30], CanonicalModel.Dialects, Gen.Int[1, 5000]).Sample(
            (rows, dialect, piece) =>
            {
                var file = Encoding.UTF8.GetBytes(CanonicalModel.WriteJsonLines(rows, dialect));
                var outcome = Read(new CanonicalJsonLinesFormat(), new ChunkedStream(file, dialect.Order, piece));
                Assert.Empty(outcome.Rejected);
                Assert.Equal(rows.Select((row, i) => row with { Line = i + 1 }), outcome.Accepted);
            },
            iter: TestScale.Times(500));

    /// <summary>None of the damages is right for any of the columns. Without any quantity it is quantity_wh that is said to be missing.</summary>
    [Fact]
    public void Csv_WithOneDamagedField_LosesThatRowOnly() =>
        Gen.Select(CanonicalModel.Row.Array[1, 20], CanonicalModel.Dialects, Gen.Int[0, 10_000], Gen.OneOf("register", "start", "duration_s", "quantity"), Gen.OneOf(Damages)).Sample(
            (rows, dialect, pick, column, damage) =>
            {
                var plain = dialect with { QuotesAll = false, UsesEnd = false };
                var lines = CanonicalModel.WriteCsv(rows.Select(row => row with { MeteringPoint = "P" }).ToArray(), plain).Split(plain.LineEnd);
                var name = column == "quantity" ? plain.UsesKwh ? "quantity_kwh" : "quantity_wh" : column;
                var victim = pick % rows.Length;
                var fields = lines[victim + 1].Split(plain.Delimiter);
                fields[Array.IndexOf(lines[0].TrimStart('\uFEFF').Split(plain.Delimiter), name)] = damage;
                lines[victim + 1] = string.Join(plain.Delimiter, fields);
                var outcome = Read(new CanonicalCsvFormat(), new MemoryStream(Encoding.UTF8.GetBytes(string.Join(plain.LineEnd, lines))));

                var rejected = Assert.Single(outcome.Rejected);
                Assert.Equal((victim + 2, name, damage), (rejected.Line, rejected.Field == "quantity_wh" ? name : rejected.Field, rejected.Value));
                Assert.Equal(
                    rows.Select((row, i) => (row.Reading, Line: i + 2L)).Where(row => row.Line != victim + 2),
                    outcome.Accepted.Select(row => (row.Reading, row.Line)));
            },
            iter: TestScale.Times(1000));

    [Fact]
    public void JsonLines_WithOneDamagedLine_LoseThatLineOnly() =>
        Gen.Select(CanonicalModel.Row.Array[1, 20], CanonicalModel.Dialects, Gen.Int[0, 10_000], Gen.Int[0, 10_000]).Sample(
            (rows, dialect, pick, cut) =>
            {
                var lines = CanonicalModel.WriteJsonLines(rows, dialect).Split(dialect.LineEnd);
                var victim = pick % rows.Length;
                lines[victim] = lines[victim][..(1 + cut % (lines[victim].Length - 1))];
                var outcome = Read(new CanonicalJsonLinesFormat(), new MemoryStream(Encoding.UTF8.GetBytes(string.Join(dialect.LineEnd, lines))));

                Assert.Equal(victim + 1, Assert.Single(outcome.Rejected).Line);
                Assert.Equal(rows.Select((row, i) => row with { Line = i + 1 }).Where(row => row.Line != victim + 1), outcome.Accepted);
            },
            iter: TestScale.Times(1000));

    private static Reader.Outcome Read(IReadingFormat format, Stream content) =>
        Reader.ReadAsync(format, content, new ImportContext("test")).GetAwaiter().GetResult();
}
