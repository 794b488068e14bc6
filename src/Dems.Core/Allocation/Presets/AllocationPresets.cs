namespace Dems.Core.Allocation.Presets;

/// <summary>All presets.</summary>
public static class AllocationPresets
{
    /// <summary>By country, then as the country's file has them.</summary>
    public static IReadOnlyList<AllocationPreset> All { get; } =
        [.. Austria.Presets, .. France.Presets, .. Germany.Presets, .. Italy.Presets, .. Luxembourg.Presets, .. Spain.Presets];

    /// <summary>A preset by its name, or a country's first one by its code; null if there is none.</summary>
    public static AllocationPreset? Find(string nameOrCountry) =>
        All.FirstOrDefault(preset => preset.Name == nameOrCountry) ?? All.FirstOrDefault(preset => preset.Country == nameOrCountry);
}
