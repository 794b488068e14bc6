namespace Dems.Core.Allocation.Presets;

/// <summary>
/// Spain: collective self-consumption (Real Decreto 244/2019, annex I). Each consumer is assigned βᵢ of the net hourly generation, Σβ = 1; what it does not use in that hour is its own
/// surplus, not the others'. Coefficients may differ by hour if they are fixed beforehand (Orden TED/1247/2021): tables of single intervals.
/// </summary>
internal static class Spain
{
    public static IReadOnlyList<AllocationPreset> Presets { get; } =
    [
        new(
            "es-beta",
            "Real Decreto 244/2019, anexo I; Orden TED/1247/2021",
            nodes => Policies.OfGrid(new AllocationRule.Static(EvenTables.Shares(nodes), ShareRounds.One, LeftoverTo.Consumer)) with { SettlementInterval = Policies.Hour },
            ["Σβ = 1 is not enforced: what is not assigned stays with the producers.", "The limit of a month's compensation to that month's purchases is a matter of the tariff."]),
    ];
}
