namespace Dems.Core.Allocation.Presets;

/// <summary>
/// Germany: communal supply of a building (EnWG § 42b) divides what the building's plant generates, per quarter-hour, by an agreed key, in equal parts if none is agreed, and counts
/// no more than min(generated, consumed): generation and consumption are gross. Joint use over the public grid (EnWG § 42c, from June 2026) shares what is
/// fed in with what is drawn, by the key of the contract.
/// </summary>
internal static class Germany
{
    private const string Building = "EnWG § 42b (5)";
    private const string Grid = "EnWG § 42c";

    public static IReadOnlyList<AllocationPreset> Presets { get; } =
    [
        new("de-42b", Building, nodes => OfBuilding(Policies.Static(EvenTables.Shares(nodes))), []),
        new("de-42b-dynamic", Building, _ => OfBuilding(Policies.ProRata), []),
        new("de-42c", Grid, nodes => Policies.OfGrid(Policies.Static(EvenTables.Shares(nodes))), ["Supply contracts between the operator of the plant and each customer are not modelled."]),
        new("de-42c-dynamic", Grid, _ => Policies.OfGrid(Policies.ProRata), ["Supply contracts between the operator of the plant and each customer are not modelled."]),
    ];

    private static AllocationPolicy OfBuilding(AllocationRule rule) =>
        new(AllocationBasis.Gross, rule, new ProducerKey.ProRata(), SelfSharing.Pooled, SettlementInterval: 0);
}
