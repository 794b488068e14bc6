using System.Globalization;
using Dems.Cli.Offline;
using Dems.Cli.Tests.Fixtures;
using Dems.Core.Allocation;
using Dems.Core.Allocation.Presets;
using Xunit;

namespace Dems.Cli.Tests.Offline;

public sealed class OfflineRunTests
{
    private const string Header = "metering_point,register,start,duration_s,quantity_wh,quality,revision";

    // https://e-gemeinschaft.at/verteilung.php; the published column has 442 for the 13th and sums to 4240.
    private static readonly int[] Published = [572, 395, 632, 323, 55, 10, 276, 245, 515, 218, 223, 47, 513, 27, 394, 472];
    private static readonly long[] ProRata = [493, 341, 545, 279, 47, 9, 238, 211, 444, 188, 192, 41, 443, 23, 340, 407];

    private static readonly string[] Rules =
        ["pro-rata", "static", "static-all-rounds", "equal-with-caps", "cascade", "pair-coefficients", "uniform-price", "pay-as-bid", "virtual-storage"];

    public static TheoryData<string?, string?> RulesAndPresets
    {
        get
        {
            var data = new TheoryData<string?, string?>();
            data.AddRange([.. Rules.Select(rule => ((string?)rule, (string?)null)), .. AllocationPresets.All.Select(preset => ((string?)null, (string?)preset.Name))]);
            return data;
        }
    }

    [Fact]
    public async Task Allocate_ThePublishedExample_GivesItsAmounts()
    {
        using var folder = new TemporaryFolder();
        var rows = Published.Select((wh, i) => Row($"AT{i:00}", "import", 0, wh)).Append(Row("PV", "export", 0, 4241));
        await File.WriteAllLinesAsync(folder.File("one.csv"), [Header, .. rows], TestContext.Current.CancellationToken);

        var carrier = Assert.Single((await RunAsync(folder, "pro-rata")).Carriers);

        Assert.Equal([.. ProRata, 0], carrier.Nodes.Select(node => node.AllocatedWh));
        Assert.Equal((4241, 0, 4241, true), (carrier.AllocatedWh, carrier.ExportedWh, carrier.Nodes[^1].SoldWh, carrier.Conserved));
    }

    [Theory]
    [MemberData(nameof(RulesAndPresets))]
    public async Task Allocate_UnderEveryRuleAndPreset_KeepsWhatWasRead(string? rule, string? preset)
    {
        using var folder = new TemporaryFolder();
        var (rows, sums) = Day();
        await File.WriteAllLinesAsync(folder.File("day.csv"), [Header, .. rows], TestContext.Current.CancellationToken);

        var summary = await RunAsync(folder, rule, preset);

        // Counted from the written rows, not from what was read.
        var carrier = Assert.Single(summary.Carriers);
        var gross = carrier.Basis == "gross";
        Assert.Equal(sums[gross ? "consumption" : "import"], carrier.AllocatedWh + carrier.GridWh);
        Assert.Equal(sums[gross ? "generation" : "export"] + carrier.DischargedWh, carrier.AllocatedWh + carrier.ExportedWh + carrier.ChargedWh);
        Assert.True(summary is { Conserved: true, RowsRejected: 0, AllocatedWh: > 0 });
    }

    [Fact]
    public async Task Allocate_FilesSplitReorderedAndCorrected_GivesTheSame()
    {
        using var whole = new TemporaryFolder();
        using var parts = new TemporaryFolder();
        var (rows, _) = Day();
        var stale = rows[7].Replace(",measured,1", ",measured,0", StringComparison.Ordinal).Replace("900,", "900,9", StringComparison.Ordinal);
        await File.WriteAllLinesAsync(whole.File("day.csv"), [Header, stale, .. rows], TestContext.Current.CancellationToken);
        await File.WriteAllLinesAsync(parts.File("b.csv"), [Header, .. rows.Take(500).Reverse()], TestContext.Current.CancellationToken);
        await File.WriteAllLinesAsync(parts.File("a.csv"), [Header, .. rows.Skip(400), stale], TestContext.Current.CancellationToken);

        var (first, second) = (await RunAsync(whole, "equal-with-caps"), await RunAsync(parts, "equal-with-caps"));

        Assert.Equal(first.Carriers[0].Fingerprint, second.Carriers[0].Fingerprint);
        Assert.Equal((0, 0), (first.RowsRejected, second.RowsRejected));
    }

    [Fact]
    public async Task Allocate_ReadingsThatContradictOrOverlap_AreReportedAndNotUsed()
    {
        using var folder = new TemporaryFolder();
        string[] rows =
        [
            Row("A", "import", 0, 100), Row("A", "import", 0, 101), Row("A", "import", 900, 50), Row("A", "import", 1_000, 7),
            Row("B", "export", 0, 80), Row("B", "export", 900, 80),
        ];
        await File.WriteAllLinesAsync(folder.File("bad.csv"), [Header, .. rows], TestContext.Current.CancellationToken);

        var summary = await RunAsync(folder, "pro-rata");

        Assert.Equal((2, 150, 130, true), (summary.RowsRejected, summary.Carriers[0].ConsumptionWh, summary.AllocatedWh, summary.Conserved));
        var report = await File.ReadAllTextAsync(summary.Report!, TestContext.Current.CancellationToken);
        Assert.Contains("has another value for this interval", report, StringComparison.Ordinal);
        Assert.Contains("overlaps another reading", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Allocate_AnIntervalThatReadingsDoNotCover_CountsAsMissing()
    {
        using var folder = new TemporaryFolder();
        string[] rows = [Row("A", "import", 0, 100), Row("A", "import", 900, 100), Row("A", "import", 2_700, 100), Row("B", "export", 0, 300, 3_600)];
        await File.WriteAllLinesAsync(folder.File("gap.csv"), [Header, .. rows], TestContext.Current.CancellationToken);

        var carrier = Assert.Single((await RunAsync(folder, "pro-rata")).Carriers);

        Assert.Equal((3_600, 1, 1, 0, 300), (carrier.IntervalSeconds, carrier.Intervals, carrier.Missing, carrier.AllocatedWh, carrier.ExportedWh));
    }

    [Theory]
    [InlineData("no-such-rule", null, null, "neither a rule nor a file")]
    [InlineData(null, "atlantis", null, "no preset 'atlantis'")]
    [InlineData("pro-rata", null, AllocationBasis.Gross, "the readings have import only")]
    public async Task Allocate_WhatCannotBeDone_SaysWhy(string? rule, string? preset, AllocationBasis? basis, string reason)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllLinesAsync(folder.File("one.csv"), [Header, Row("A", "import", 0, 1)], TestContext.Current.CancellationToken);

        var refusal = await Assert.ThrowsAsync<CommandException>(() => RunAsync(folder, rule, preset, basis));

        Assert.Equal(ExitCodes.Usage, refusal.ExitCode);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>96 quarter-hours of four homes, one of them with a plant, in all four registers; and the sum of each register.</summary>
    private static (List<string> Rows, Dictionary<string, long> Sums) Day()
    {
        var (rows, sums) = (new List<string>(), new Dictionary<string, long>(StringComparer.Ordinal));
        for (var quarter = 0; quarter < 96; quarter++)
        {
            for (var home = 0; home < 4; home++)
            {
                long load = 30 + (quarter * 37 + home * 61) % 200;
                var plant = home == 0 ? Math.Max(0, 1_200 - Math.Abs(48 - quarter) * 50L) : 0;
                Add(home, "consumption", quarter, load);
                Add(home, "generation", quarter, plant);
                Add(home, "import", quarter, Math.Max(load - plant, 0));
                Add(home, "export", quarter, Math.Max(plant - load, 0));
            }
        }

        return (rows, sums);

        void Add(int home, string register, int quarter, long wh)
        {
            rows.Add(Row($"home/{home}", register, quarter * 900, wh, revision: 1));
            sums[register] = sums.GetValueOrDefault(register) + wh;
        }
    }

    private static string Row(string point, string register, int second, long wh, int duration = 900, int revision = 0) => string.Create(
        CultureInfo.InvariantCulture,
        $"{point},{register},{DateTimeOffset.UnixEpoch.AddYears(56).AddSeconds(second):yyyy-MM-ddTHH:mm:ssZ},{duration},{wh},measured,{revision}");

    private static Task<OfflineSummary> RunAsync(TemporaryFolder folder, string? rule, string? preset = null, AllocationBasis? basis = null) => OfflineRun.RunAsync(
        new OfflineRequest { Paths = [folder.Path], Rule = rule, Preset = preset, Basis = basis, Rejects = folder.Path + ".rejected" },
        TestContext.Current.CancellationToken);
}
