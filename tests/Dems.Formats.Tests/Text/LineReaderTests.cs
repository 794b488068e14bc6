using System.Text;
using CsCheck;
using Dems.Formats.Text;

namespace Dems.Formats.Tests.Text;

public sealed class LineReaderTests
{
    private static readonly Gen<string> Line = Gen.OneOf(
        Gen.String["ab,;\"é"].Select(text => text.Length > 40 ? text[..40] : text),
        Gen.Int[0, 3 * LineReader.MaxLineBytes].Select(length => new string('x', length)));

    [Fact]
    public void Lines_InAnyPieces_AreThoseOfTheFile() =>
        Gen.Select(Line.Array[0, 8], Gen.Bool, Gen.Bool, Gen.Int[1, 100_000], Gen.Int[0, 1000]).Sample(
            (lines, crlf, isTerminated, largest, seed) =>
            {
                var end = crlf ? "\r\n" : "\n";
                var text = string.Join(end, lines) + (isTerminated && lines.Length > 0 ? end : "");
                var read = ReadAll(new ChunkedStream(Encoding.UTF8.GetBytes(text), seed, largest));

                var expected = lines.Length > 0 && !isTerminated && lines[^1].Length == 0 ? lines[..^1] : lines;
                Assert.Equal(expected.Length, read.Count);
                for (var i = 0; i < expected.Length; i++)
                {
                    var isTooLong = Encoding.UTF8.GetByteCount(expected[i]) + (crlf && (i < lines.Length - 1 || isTerminated) ? 1 : 0) > LineReader.MaxLineBytes;
                    Assert.Equal(isTooLong, read[i].TooLong);
                    Assert.Equal(isTooLong ? expected[i][..RejectedRow.MaxValueLength] : expected[i], read[i].Text);
                }
            },
            iter: TestScale.Times(200));

    private static List<(string Text, bool TooLong)> ReadAll(Stream stream)
    {
        var lines = new List<(string, bool)>();
        var reader = new LineReader(stream);
        while (reader.NextAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult())
        {
            lines.Add((Encoding.UTF8.GetString(reader.Line), reader.TooLong));
            Assert.Equal(lines.Count, reader.Number);
        }

        return lines;
    }
}
