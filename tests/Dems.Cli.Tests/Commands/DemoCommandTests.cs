using Xunit;

namespace Dems.Cli.Tests.Commands;

/// <summary>The README's first command: a whole network, real keys, real disks, real HTTP/2.</summary>
public sealed class DemoCommandTests
{
    [Fact]
    public async Task Demo_SimulatedVillage_IsFinalAtEveryMemberVerifiesAndDoublesNothing()
    {
        var data = Directory.CreateTempSubdirectory("dems-cli-").FullName;
        string[] demo = ["demo", "--once", "--json", "--data", data, "--homes", "6", "--members", "4"];
        var first = await DemsProcess.RunAsync(demo);
        Assert.True(first.ExitCode == 0, first.ToString());
        var summary = first.LastLine;
        Assert.True(summary.GetProperty("heads_agree").GetBoolean());
        var submitted = summary.GetProperty("readings_submitted").GetInt64();
        Assert.True(submitted > 1_000);
        Assert.Equal(submitted, summary.GetProperty("readings_final").GetInt64());
        Assert.Equal(summary.GetProperty("blocks").GetInt64(), summary.GetProperty("height").GetInt64());
        Assert.True(summary.GetProperty("conserved").GetBoolean());
        Assert.True(summary.GetProperty("intervals").GetInt64() > 0 && summary.GetProperty("allocated_wh").GetInt64() > 0);
        Assert.True(summary.GetProperty("finality_ms_p99").GetDouble() >= summary.GetProperty("finality_ms_p50").GetDouble());

        // The ballot at the end: everybody agrees, and equal parts move energy between the homes without adding any.
        var ballot = summary.GetProperty("ballot");
        Assert.Equal(("accepted", summary.GetProperty("nodes").GetInt64(), "pro_rata", "equal_with_caps"), (
            ballot.GetProperty("decision").GetString(),
            ballot.GetProperty("yes").GetInt64(),
            ballot.GetProperty("rule_before").GetString(),
            ballot.GetProperty("rule_after").GetString()));
        Assert.True(ballot.GetProperty("conserved").GetBoolean());
        Assert.Equal(ballot.GetProperty("allocated_before_wh").GetInt64(), ballot.GetProperty("allocated_after_wh").GetInt64());
        var nodes = ballot.GetProperty("nodes").EnumerateArray().ToList();
        Assert.NotEmpty(nodes);
        Assert.Equal(0, nodes.Sum(node => node.GetProperty("after_wh").GetInt64() - node.GetProperty("before_wh").GetInt64()));

        for (var member = 0; member < 4; member++)
        {
            var verified = await DemsProcess.RunAsync("verify", "--json", "--data", Path.Combine(data, $"member-{member}"));
            Assert.True(verified.ExitCode == 0, verified.ToString());
            Assert.Equal(summary.GetProperty("head").GetString(), verified.LastLine.GetProperty("head").GetString());
            Assert.Equal(summary.GetProperty("state_root").GetString(), verified.LastLine.GetProperty("state_root").GetString());
        }

        var again = await DemsProcess.RunAsync(demo);
        Assert.True(again.ExitCode == 0, again.ToString());
        Assert.Equal(summary.GetProperty("entries").GetInt64(), again.LastLine.GetProperty("entries").GetInt64());
        Assert.Equal(submitted, again.LastLine.GetProperty("readings_final").GetInt64());
        Assert.Equal(ballot.GetProperty("id").GetString(), again.LastLine.GetProperty("ballot").GetProperty("id").GetString());
    }

    [Fact]
    public async Task Demo_FileWithBadRows_KeepsTheGoodOnesAndNamesTheOthers()
    {
        var folder = Directory.CreateTempSubdirectory("dems-cli-").FullName;
        var file = Path.Combine(folder, "readings.csv");
        await File.WriteAllTextAsync(file, """
            metering_point,register,start,duration_s,quantity_wh
            AT001,import,2026-01-01T00:00:00Z,900,120
            AT001,import,2026-01-01T00:15:00Z,900,minus
            AT001,import,2026-01-01T00:30:00Z,900,130
            """);
        var data = Path.Combine(folder, "network");
        var run = await DemsProcess.RunAsync("demo", "--once", "--json", "--data", data, "--readings", file, "--members", "1");
        Assert.True(run.ExitCode == 4, run.ToString());
        Assert.Equal(2, run.LastLine.GetProperty("readings_final").GetInt64());
        Assert.Equal(1, run.LastLine.GetProperty("rows_rejected").GetInt64());
        Assert.Contains("readings.csv,3,", await File.ReadAllTextAsync(data + ".rejected.csv"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Demo_StaticShares_AllocatesByThemFromTheFirstReading()
    {
        var folder = Directory.CreateTempSubdirectory("dems-cli-").FullName;
        var file = Path.Combine(folder, "readings.csv");
        await File.WriteAllTextAsync(file, """
            metering_point,register,start,duration_s,quantity_wh
            ROOF,export,2026-01-01T00:00:00Z,900,90
            ROOF,import,2026-01-01T00:00:00Z,900,0
            FLAT1,import,2026-01-01T00:00:00Z,900,20
            FLAT2,import,2026-01-01T00:00:00Z,900,500
            """);
        string[] demo = ["demo", "--once", "--json", "--readings", file, "--members", "1"];

        var shares = await DemsProcess.RunAsync([.. demo, "--rule", "static", "--basis", "grid", "--data", Path.Combine(folder, "static")]);
        var proRata = await DemsProcess.RunAsync([.. demo, "--rule", "pro-rata", "--data", Path.Combine(folder, "pro-rata")]);

        // A third of 90 Wh each: 20 and 30 are used, and the roof's own third is not.
        Assert.Equal((50L, 40L), (shares.LastLine.GetProperty("allocated_wh").GetInt64(), shares.LastLine.GetProperty("exported_wh").GetInt64()));
        Assert.Equal((90L, 0L), (proRata.LastLine.GetProperty("allocated_wh").GetInt64(), proRata.LastLine.GetProperty("exported_wh").GetInt64()));
    }

    [Fact]
    public async Task Demo_RuleThatNoChainTakes_SaysWhyBeforeItFoundsAnything()
    {
        var folder = Path.Combine(Directory.CreateTempSubdirectory("dems-cli-").FullName, "network");
        var run = await DemsProcess.RunAsync("demo", "--once", "--rule", "virtual-storage", "--data", folder, "--members", "1");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("virtual storage", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder, "member-0")));
    }

    [Fact]
    public async Task Demo_NothingToImport_SaysSo()
    {
        var folder = Directory.CreateTempSubdirectory("dems-cli-").FullName;
        var run = await DemsProcess.RunAsync("demo", "--once", "--readings", folder, "--data", Path.Combine(folder, "network"), "--members", "1");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("Nothing to import", run.Error, StringComparison.Ordinal);
    }
}
