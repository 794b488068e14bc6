namespace Dems.Formats.CityLearn;

/// <summary>Plant sizes of the published challenge data sets, from their schema.json; which buildings have a thermal demand worth reading.</summary>
internal sealed record CityLearnProfile(string Dataset, IReadOnlyDictionary<string, decimal> NominalPowerKw, bool ThermalDemand)
{
    private static readonly CityLearnProfile[] Known =
    [
        new("citylearn2022", Powers(4m, 4m, 4m, 5m, 4m), ThermalDemand: false),
        new("citylearn2023-thermal", Powers(2.4m, 1.2m, 2.4m), ThermalDemand: true),
    ];

    public static CityLearnProfile? Find(string dataset) =>
        Array.Find(Known, profile => string.Equals(profile.Dataset, dataset, StringComparison.OrdinalIgnoreCase));

    private static Dictionary<string, decimal> Powers(params decimal[] kilowatts) =>
        kilowatts.Select((power, index) => (Building: $"Building_{index + 1}", Power: power))
            .ToDictionary(plant => plant.Building, plant => plant.Power, StringComparer.Ordinal);
}
