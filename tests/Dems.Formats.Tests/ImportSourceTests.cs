using Dems.Core.Energy;
using Dems.Formats.CityLearn;
using Dems.Formats.Tests.CityLearn;

namespace Dems.Formats.Tests;

public sealed class ImportSourceTests
{
    private const string CsvHeader = "metering_point,register,start,duration_s,quantity_wh\n";
    private static readonly string Building = string.Join('\n', MadeUpBuilding.Write(new DateTime(2022, 7, 31, 23, 0, 0, DateTimeKind.Utc), 60));

    [Fact]
    public void Folder_IsExpandedInOrdinalOrderWithEachFilesFormat()
    {
        using var folder = new TemporaryFolder();
        folder.Write("b.csv", CsvHeader);
        folder.Write("B.csv", "100,NEM12,202401010000,A,B\n900\n");
        folder.Write("a/x.jsonl", "{\"metering_point\":\"A\"}\n");
        folder.Write("a.csv", "100,NEM13,202401010000,A,B\n900\n");
        folder.Write("a/Building_1.csv", Building);
        folder.Write("README.md", "# words\n");
        folder.Write("empty.csv", "");

        var plan = ImportSource.Expand(folder.Path);

        Assert.Equal(
            [("B.csv", "nem12"), ("a.csv", "nem13"), ("a/Building_1.csv", "citylearn"), ("a/x.jsonl", "jsonl"), ("b.csv", "csv")],
            plan.Files.Select(file => (file.Context.FileName, file.Format.Name)));
        Assert.Equal(["README.md", "empty.csv"], plan.Notes.Select(note => Assert.IsType<ImportRow.Skipped>(note).Row.File), StringComparer.Ordinal);
    }

    [Fact]
    public void File_AskedForByName_IsRefusedWhenNoFormatFits()
    {
        using var folder = new TemporaryFolder();

        Assert.IsType<ImportRow.Rejected>(Assert.Single(ImportSource.Expand(folder.Write("notes.txt", "hello\n")).Notes));
        Assert.IsType<ImportRow.Rejected>(Assert.Single(ImportSource.Expand(Path.Combine(folder.Path, "missing")).Notes));
    }

    [Fact]
    public async Task CityLearnFile_TakesDatasetFromItsFolderAndPowerFromTheSchema()
    {
        using var folder = new TemporaryFolder();
        folder.Write("town/Building_9.csv", Building);
        folder.Write("town/schema.json", """{"buildings":{"Building_9":{"pv":{"type":"x","attributes":{"nominal_power":2.5}}},"Building_8":{"pv":null}}}""");

        var file = Assert.Single(ImportSource.Expand(folder.Path).Files);
        Assert.Equal(
            ("town", 2.5m, 0m),
            (file.Context.CityLearn.Dataset, file.Context.CityLearn.PowerOf("Building_9"), file.Context.CityLearn.PowerOf("Building_8")));
        await foreach (var row in file.ReadAsync(TestContext.Current.CancellationToken))
        {
            Assert.Equal("town/Building_9", Assert.IsType<ImportRow.Accepted>(row).Reading.MeteringPoint);
        }
    }

    [Fact]
    public void CityLearnOptions_OfTheFolder_GiveWayToThoseOfTheCaller()
    {
        using var folder = new TemporaryFolder();
        folder.Write("town/Building_1.csv", Building);
        folder.Write(
            "town/citylearn.json",
            """{"dataset":"village","start_date":"2020-07-31","utc_offset":"-08:00","derive_grid_exchange":true,"thermal_demand":true,"nominal_power_kw":{"Building_1":7,"Building_2":8}}""");
        var stated = new CityLearnOptions { ThermalDemand = false, NominalPowerKw = new Dictionary<string, decimal>(StringComparer.Ordinal) { ["Building_1"] = 3 } };

        var options = Assert.Single(ImportSource.Expand(folder.Path, new ImportContext("") { CityLearn = stated }).Files).Context.CityLearn;

        Assert.Equal(
            ("village", new DateOnly(2020, 7, 31), TimeSpan.FromHours(-8), true),
            (options.Dataset, options.StartDate, options.UtcOffset, options.DeriveGridExchange));
        Assert.Equal((false, 3m, 8m), (options.ThermalDemand, options.PowerOf("Building_1"), options.PowerOf("Building_2")));
    }

    [Theory]
    [InlineData("""{"color":1}""", "color")]
    [InlineData("""{"start_date":"31.7.2022"}""", "")]
    [InlineData("""{"nominal_power_kw":{"Building_1":-1}}""", "negative")]
    [InlineData("[]", "")]
    [InlineData("{", "")]
    public void CityLearnOptions_ThatMakeNoSense_HoldTheFileBack(string json, string reason)
    {
        using var folder = new TemporaryFolder();
        folder.Write("town/Building_1.csv", Building);
        folder.Write("town/citylearn.json", json);

        var plan = ImportSource.Expand(folder.Path);

        Assert.Empty(plan.Files);
        var rejected = Assert.Single(plan.Notes.OfType<ImportRow.Rejected>()).Row;
        Assert.Equal(("town/Building_1.csv", "citylearn.json"), (rejected.File, rejected.Field));
        Assert.Contains(reason, rejected.Reason);
    }

    [Fact]
    public void Options_OfTheCaller_ReachEveryFile()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.csv", CsvHeader);
        var template = new ImportContext("") { Rounding = Rounding.HalfEven, Revision = 4 };

        Assert.Equal(template with { FileName = "a.csv" }, Assert.Single(ImportSource.Expand(folder.Path, template).Files).Context);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImportContext("") { Revision = Reading.MaxRevision + 1 });
    }
}
