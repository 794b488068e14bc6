namespace Dems.Core.Allocation.Presets;

/// <summary>
/// France: collective self-consumption (Code de l'énergie L. 315-2 and D. 315-6). The organising body tells the operator of the grid one of four kinds of coefficients: static;
/// dynamic by default (pro rata to consumption); dynamic "simple" (a share per consumer and time step); "full" dynamic (one per producer, consumer and time step).
/// </summary>
internal static class France
{
    private const string Law = "Code de l'énergie L. 315-2, D. 315-6; Enedis' keys of collective self-consumption";
    private const string Afterwards =
        "Coefficients computed after the fact are usual with Enedis; here an interval's table must be on the ledger before the interval starts.";

    public static IReadOnlyList<AllocationPreset> Presets { get; } =
    [
        new("fr-default", Law, _ => Policies.OfGrid(Policies.ProRata), []),
        new("fr-static", Law, nodes => Policies.OfGrid(Policies.Static(EvenTables.Shares(nodes))), []),
        new("fr-dynamic", Law, nodes => Policies.OfGrid(Policies.Static(EvenTables.Shares(nodes))), [Afterwards]),
        new("fr-full", Law, nodes => Policies.OfGrid(new AllocationRule.PairCoefficients(EvenTables.Pairs(nodes))),
            [Afterwards, "A policy fits one entry of the ledger, which holds some 1,200 pairs: larger pools list the pairs that matter."]),
    ];
}
