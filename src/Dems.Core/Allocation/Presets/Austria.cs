namespace Dems.Core.Allocation.Presets;

/// <summary>
/// Austria: communal plants (ElWOG 2010 § 16a) and energy communities (§ 16c, § 16d); the operator of the grid allocates quarter-hours statically or dynamically (§ 16e).
/// A meter may take part in up to five communities by participation factors, whole percents that sum to 100 at most (<see cref="ParticipationSplit"/>).
/// </summary>
internal static class Austria
{
    private const string Law = "ElWOG 2010 §§ 16a, 16c–16e; participation factors since April 2024";

    public static IReadOnlyList<AllocationPreset> Presets { get; } =
    [
        new("at-dynamic", Law, _ => Policies.OfGrid(Policies.ProRata), ["Factors in whole percents and at most five pools per meter are not enforced; the registry chain accepts finer ones."]),
        new("at-static", Law, nodes => Policies.OfGrid(Policies.Static(EvenTables.Shares(nodes))),
            ["The message exchange with the operator of the grid (EDA) that makes its allocation binding; this one is a check of it."]),
    ];
}
