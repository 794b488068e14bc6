using Dems.Cli.Tests.Fixtures;
using Xunit;

namespace Dems.Cli.Tests.Commands;

public sealed class AllocateCommandTests
{
    [Fact]
    public async Task Allocate_FromTheCommandLine_PrintsOneJsonObject()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("readings.jsonl");
        await File.WriteAllLinesAsync(
            file,
            [
                """{"metering_point":"A","register":"import","start":"2026-03-20T00:00:00Z","duration_s":900,"quantity_wh":300}""",
                """{"metering_point":"B","register":"import","start":"2026-03-20T00:00:00Z","duration_s":900,"quantity_wh":100}""",
                """{"metering_point":"PV","register":"export","start":"2026-03-20T00:00:00Z","duration_s":900,"quantity_wh":200}""",
            ],
            TestContext.Current.CancellationToken);

        var run = await DemsProcess.RunAsync("allocate", "--readings", file, "--rule", "pro-rata", "--rejects", folder.File("rejects.csv"), "--json");

        Assert.True(run.ExitCode == 0, run.ToString());
        var json = run.LastLine;
        Assert.Equal((200, 0, 200), (json.GetProperty("allocated_wh").GetInt64(), json.GetProperty("exported_wh").GetInt64(), json.GetProperty("grid_wh").GetInt64()));
        Assert.True(json.GetProperty("conserved").GetBoolean());
        Assert.Equal([150, 50, 0], json.GetProperty("carriers")[0].GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("allocated_wh").GetInt64()));
        Assert.Single(run.Output.TrimEnd().Split('\n'));

        Assert.Equal(1, (await DemsProcess.RunAsync("allocate", "--readings", file)).ExitCode);
        Assert.Equal(2, (await DemsProcess.RunAsync("allocate", "--readings", folder.File("missing"), "--rule", "static", "--rejects", folder.File("rejects.csv"))).ExitCode);
    }
}
