using System.Text;
using CsCheck;
using Dems.Formats.Text;

namespace Dems.Formats.Tests.Text;

public sealed class CsvSplitterTests
{
    private static readonly Gen<string> Field = Gen.Char["ab ,;\"é"].Array[0, 8].Select(characters => new string(characters));

    [Fact]
    public void Fields_QuotedWhereNeeded_ComeBack() =>
        Gen.Select(Field.Array[1, 12], Gen.OneOf(',', ';'), Gen.Bool).Sample(
            (fields, delimiter, quotesAll) =>
            {
                var line = string.Join(delimiter, fields.Select(field => Quote(field, delimiter, quotesAll)));
                Assert.True(new CsvSplitter().TrySplit(Encoding.UTF8.GetBytes(line), (byte)delimiter, out var split, out _));
                var read = new List<string>();
                for (var i = 0; i < split.Count; i++)
                {
                    read.Add(Encoding.UTF8.GetString(split[i]));
                }

                Assert.Equal(fields, read, StringComparer.Ordinal);
            },
            iter: TestScale.Times(2000));

    [Fact]
    public void Fields_BeyondTheLimit_AreRefused()
    {
        var splitter = new CsvSplitter();
        Assert.True(splitter.TrySplit(Encoding.ASCII.GetBytes(new string(',', CsvSplitter.MaxFields - 1)), (byte)',', out _, out _));
        Assert.False(splitter.TrySplit(Encoding.ASCII.GetBytes(new string(',', CsvSplitter.MaxFields)), (byte)',', out _, out _));
        Assert.False(splitter.TrySplit(Encoding.ASCII.GetBytes("\"\"" + new string(',', CsvSplitter.MaxFields)), (byte)',', out _, out _));
    }

    private static string Quote(string field, char delimiter, bool always) =>
        always || field.Contains(delimiter) || field.Contains('"') ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
}
