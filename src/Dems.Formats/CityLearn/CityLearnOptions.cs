namespace Dems.Formats.CityLearn;

/// <summary>What the CityLearn layout leaves out: the files have no ids, no dates and no plant sizes.</summary>
public sealed record CityLearnOptions
{
    /// <summary>
    /// Name of the data set: prefix of the metering points (<c>dataset/Building_1</c>), and the key of the built-in plant sizes.
    /// <see cref="ImportSource"/> takes the folder's name.
    /// </summary>
    public string Dataset { get; init; } = "";

    /// <summary>
    /// Nominal PV power in kW by building (file name without extension). What is not here comes from the built-in table of the data set. 0 means: no
    /// plant.
    /// </summary>
    public IReadOnlyDictionary<string, decimal> NominalPowerKw { get; init; } = new Dictionary<string, decimal>(StringComparer.Ordinal);

    /// <summary>
    /// Day to which the first row belongs. Left out, it is found: the first change of month fixes the day, and the day types fix the year (see
    /// docs/import.md).
    /// </summary>
    public DateOnly? StartDate { get; init; }

    /// <summary>Offset of the rows' clock from UTC, without daylight saving time: every day of the layout has 24 hours.</summary>
    public TimeSpan UtcOffset { get; init; }

    /// <summary>Whether to add Import = max(consumption − generation, 0) and Export = max(generation − consumption, 0), marked as derived.</summary>
    public bool DeriveGridExchange { get; init; }

    /// <summary>Whether to read hot water and space heating (as heat) and cooling demand. Left out, it depends on the data set.</summary>
    public bool? ThermalDemand { get; init; }

    /// <summary>Nominal PV power of a building in kW; null when nobody said.</summary>
    public decimal? PowerOf(string building)
    {
        if (NominalPowerKw.TryGetValue(building, out var stated))
        {
            return stated;
        }

        return CityLearnProfile.Find(Dataset)?.NominalPowerKw.TryGetValue(building, out var known) == true ? known : null;
    }

    internal bool ReadsThermalDemand => ThermalDemand ?? CityLearnProfile.Find(Dataset)?.ThermalDemand ?? false;
}
