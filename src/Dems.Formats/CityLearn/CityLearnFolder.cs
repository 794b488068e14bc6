using System.Globalization;
using System.Text.Json;

namespace Dems.Formats.CityLearn;

/// <summary>
/// Options that lie beside the building files: <c>citylearn.json</c> (see docs/import.md), or CityLearn's own <c>schema.json</c>, of which only the
/// nominal PV power is read. What the caller states goes before either.
/// </summary>
internal static class CityLearnFolder
{
    private const string OptionsFile = "citylearn.json";
    private const string SchemaFile = "schema.json";
    private const int MaxBytes = 4 << 20;

    /// <summary>Fills in what the caller left open; false with the problem when a file is there but makes no sense.</summary>
    public static bool TryComplete(string folder, CityLearnOptions stated, out CityLearnOptions options, out RejectedRow problem)
    {
        options = stated.Dataset.Length > 0 ? stated : stated with { Dataset = Path.GetFileName(folder) };
        problem = new RejectedRow("", 0, "", "", "", "");
        var name = File.Exists(Path.Combine(folder, OptionsFile)) ? OptionsFile : SchemaFile;
        var file = new FileInfo(Path.Combine(folder, name));
        if (!file.Exists)
        {
            return true;
        }

        try
        {
            if (file.Length > MaxBytes)
            {
                throw new FormatException($"it has more than {MaxBytes} bytes");
            }

            using var document = JsonDocument.Parse(File.ReadAllBytes(file.FullName));
            options = name == OptionsFile
                ? FromOptions(document.RootElement, stated, options)
                : WithPowers(options, FromSchema(document.RootElement));
            return true;
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException or OverflowException)
        {
            problem = new RejectedRow("", 0, name, "", $"{name} beside the file makes no sense: {exception.Message}", $"correct or remove {name}");
            return false;
        }
    }

    private static CityLearnOptions FromOptions(JsonElement root, CityLearnOptions stated, CityLearnOptions options)
    {
        foreach (var member in root.EnumerateObject())
        {
            options = member.Name switch
            {
                "dataset" => stated.Dataset.Length > 0 ? options : options with { Dataset = member.Value.GetString() ?? "" },
                "start_date" => stated.StartDate is not null ? options : options with { StartDate = Date(member.Value) },
                "utc_offset" => stated.UtcOffset != TimeSpan.Zero ? options : options with { UtcOffset = Offset(member.Value) },
                "derive_grid_exchange" => options with { DeriveGridExchange = stated.DeriveGridExchange || member.Value.GetBoolean() },
                "thermal_demand" => options with { ThermalDemand = stated.ThermalDemand ?? member.Value.GetBoolean() },
                "nominal_power_kw" => WithPowers(options, member.Value.EnumerateObject().Select(power => (power.Name, power.Value.GetDecimal()))),
                _ => throw new FormatException($"the member '{member.Name}' is not known"),
            };
        }

        return options;
    }

    private static IEnumerable<(string Building, decimal Kilowatts)> FromSchema(JsonElement root)
    {
        foreach (var building in root.GetProperty("buildings").EnumerateObject())
        {
            var hasPlant = building.Value.TryGetProperty("pv", out var plant) && plant.ValueKind == JsonValueKind.Object;
            yield return (building.Name, hasPlant ? plant.GetProperty("attributes").GetProperty("nominal_power").GetDecimal() : 0m);
        }
    }

    private static CityLearnOptions WithPowers(CityLearnOptions options, IEnumerable<(string Building, decimal Kilowatts)> powers)
    {
        var all = new Dictionary<string, decimal>(options.NominalPowerKw, StringComparer.Ordinal);
        foreach (var (building, kilowatts) in powers)
        {
            if (kilowatts < 0)
            {
                throw new FormatException($"the nominal power of {building} is negative");
            }

            all.TryAdd(building, kilowatts);
        }

        return options with { NominalPowerKw = all };
    }

    private static DateOnly Date(JsonElement value) => DateOnly.ParseExact(value.GetString() ?? "", "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static TimeSpan Offset(JsonElement value)
    {
        var text = value.GetString() ?? "";
        var size = TimeSpan.ParseExact(text.TrimStart('+', '-'), "hh\\:mm", CultureInfo.InvariantCulture);
        return text.StartsWith('-') ? -size : size;
    }
}
