namespace Dems.Formats.Tests;

public sealed class RejectReportTests
{
    [Fact]
    public void Rows_AreWrittenByRfc4180AndCounted()
    {
        using var folder = new TemporaryFolder();
        var path = RejectReport.PathBeside(Path.Combine(folder.Path, "out") + Path.DirectorySeparatorChar);
        using (var report = new RejectReport(path))
        {
            report.Add(new ImportRow.Rejected(new RejectedRow("a,b.csv", 7, "start", "say \"no\"\nnow", "why", "how")));
            report.Add(new ImportRow.Skipped(new RejectedRow("c.csv", 1, "", "", "no energy", "nothing")));
            Assert.Equal((1L, 1L), (report.Rejected, report.Skipped));
        }

        Assert.Equal(Path.Combine(folder.Path, "out.rejected.csv"), path);
        Assert.Equal(
            "kind,file,line,field,value,reason,fix\r\nrejected,\"a,b.csv\",7,start,\"say \"\"no\"\"\nnow\",why,how\r\nskipped,c.csv,1,,,no energy,nothing\r\n",
            File.ReadAllText(path));
    }

    [Fact]
    public void Report_WithoutRows_LeavesNoFileNotEvenThatOfAnEarlierRun()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("out.rejected.csv", "old");
        using (new RejectReport(path))
        {
        }

        Assert.False(File.Exists(path));
    }

    [Fact]
    public void Report_InAFolderThatIsNotThere_IsWritten()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "new", "deep", "out.rejected.csv");
        using (var report = new RejectReport(path))
        {
            report.Add(new ImportRow.Skipped(new RejectedRow("c.csv", 1, "", "", "no energy", "nothing")));
        }

        Assert.True(File.Exists(path));
    }
}
