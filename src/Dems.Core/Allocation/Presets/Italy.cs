namespace Dems.Core.Allocation.Presets;

/// <summary>
/// Italy: diffuse self-consumption (TIAD, ARERA 727/2022/R/eel). What is shared is, per hour and primary substation, the lower of what all inject and all withdraw: summing to the hour
/// comes first, and any rule that leaves nothing unserved gives that total. How the community divides it inside is its own affair.
/// </summary>
internal static class Italy
{
    private const string Law = "D. Lgs. 199/2021; ARERA 727/2022/R/eel (TIAD)";

    private static readonly string[] CannotYet =
    [
        "One pool per primary substation: a community over several substations is several pools.",
        "The incentive, which depends on each plant, and the threshold above which it may go to certain members only, are settled outside.",
    ];

    public static IReadOnlyList<AllocationPreset> Presets { get; } =
    [
        new("it-prorata", Law, _ => Policies.OfGrid(Policies.ProRata) with { SettlementInterval = Policies.Hour }, CannotYet),
        new("it-equal", Law, _ => Policies.OfGrid(new AllocationRule.EqualWithCaps([], 1)) with { SettlementInterval = Policies.Hour }, CannotYet),
    ];
}
