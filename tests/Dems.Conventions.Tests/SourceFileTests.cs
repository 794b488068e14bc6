using System.Text.RegularExpressions;
using Xunit;

namespace Dems.Conventions.Tests;

/// <summary>Rules of layout that a look at the text can prove.</summary>
public partial class SourceFileTests
{
    [Fact]
    public void File_PublicTypes_AreAtMostOne()
    {
        var crowded = Repository.SourceFiles("src")
            .Select(file => (File: file, Types: PublicType().Count(File.ReadAllText(file))))
            .Where(f => f.Types > 1)
            .Select(f => $"{Repository.Relative(f.File)}: {f.Types}");

        Assert.Empty(crowded);
    }

    [Fact]
    public void Files_Lengths_StayReadable()
    {
        var lengths = Repository.SourceFiles("src").Select(file => (File: file, Lines: File.ReadLines(file).Count())).OrderBy(f => f.Lines).ToList();

        Assert.Empty(lengths.Where(f => f.Lines > 500).Select(f => $"{Repository.Relative(f.File)}: {f.Lines} lines"));
        Assert.InRange(lengths[lengths.Count / 2].Lines, 1, 120);
        Assert.InRange(lengths[lengths.Count * 9 / 10].Lines, 1, 300);
    }

    [Fact]
    public void Source_UnfinishedWork_IsNotMarkedInIt()
    {
        var marked = Repository.SourceFiles("src", "tests", "bench").Where(f => !f.EndsWith("SourceFileTests.cs", StringComparison.Ordinal)).SelectMany(file => File.ReadLines(file)
            .Select((line, i) => (Line: line, Number: i + 1))
            .Where(l => Unfinished().IsMatch(l.Line))
            .Select(l => $"{Repository.Relative(file)}:{l.Number}"));

        Assert.Empty(marked);
    }

    [Fact]
    public void ReplicationAndGrains_NeverLeaveTheScheduler()
    {
        var leaving = Repository.SourceFiles("src/Dems.Replication", "src/Dems.Grains").SelectMany(file => File.ReadLines(file)
            .Select((line, i) => (Line: line, Number: i + 1))
            .Where(l => Leaving().IsMatch(l.Line))
            .Select(l => $"{Repository.Relative(file)}:{l.Number}"));

        Assert.Empty(leaving);
    }

    [Fact]
    public void Core_Numbers_AreIntegers()
    {
        // The banned-symbol analyzer does not see the keywords.
        var floating = Repository.SourceFiles("src/Dems.Core").SelectMany(file => File.ReadLines(file)
            .Select((line, i) => (Line: line, Number: i + 1))
            .Where(l => !l.Line.TrimStart().StartsWith("//", StringComparison.Ordinal) && Floating().IsMatch(l.Line))
            .Select(l => $"{Repository.Relative(file)}:{l.Number}"));

        Assert.Empty(floating);
    }

    [Fact]
    public void Replication_KnowsNoOrleans()
    {
        var knowing = Repository.SourceFiles("src/Dems.Replication").Where(file => File.ReadLines(file).Any(l => l.StartsWith("using Orleans", StringComparison.Ordinal)));

        Assert.Empty(knowing.Select(Repository.Relative));
    }

    // A type that starts at column 0 is not nested.
    [GeneratedRegex(@"^public (?:(?:static|sealed|abstract|readonly|partial|ref|unsafe) )*(?:class|record|struct|interface|enum|delegate)\b", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex PublicType();

    [GeneratedRegex(@"\b(?:TODO|FIXME|HACK|NotImplementedException)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"\b(?:double|float|decimal)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Floating();

    [GeneratedRegex(@"ConfigureAwait\(false\)|Task\.Run\(", RegexOptions.CultureInvariant)]
    private static partial Regex Leaving();
}
