using Dems.Core.Energy;

namespace Dems.Core.Allocation.Presets;

/// <summary>
/// Luxembourg: sharing groups (law of 1 August 2007 on the electricity market, articles 8ter and 8quater). A group chooses, on the consumers' or on the producers' side, priority,
/// percentages or pro rata, per quarter-hour.
/// </summary>
internal static class Luxembourg
{
    private const string Law = "Loi modifiée du 1er août 2007, art. 8ter, 8quater; règlement ILR/E21/32 and its successors";

    private static readonly string Steps = $"At most {AllocationBounds.MaxTiers} steps of priority; whoever comes later shares the last one.";

    private static readonly string[] CannotYet =
    [
        "The regulator's default model and the combinations that its data exchange accepts are not checked: what a ballot chooses must be one of them.",
    ];

    public static IReadOnlyList<AllocationPreset> Presets { get; } =
    [
        new("lu-prorata", Law, _ => Policies.OfGrid(Policies.ProRata), CannotYet),
        new("lu-percentage", Law, nodes => Policies.OfGrid(Policies.Static(EvenTables.Shares(nodes))), CannotYet),
        new("lu-priority", Law, nodes => Policies.OfGrid(ConsumersInTurn(nodes)), [.. CannotYet, Steps]),
        new("lu-producer-percentage", Law, nodes => Policies.OfGrid(Policies.ProRata) with { Producers = new ProducerKey.Percentages(EvenTables.Shares(nodes)) }, CannotYet),
        new("lu-producer-priority", Law, nodes => Policies.OfGrid(Policies.ProRata) with { Producers = ProducersInTurn(nodes) }, [.. CannotYet, Steps]),
    ];

    private static AllocationRule.Cascade ConsumersInTurn(IReadOnlyList<NodeAddress> nodes) =>
        new([.. nodes.Take(AllocationBounds.MaxTiers - 1).Select(node => new CascadeTier([node], Policies.ProRata)), new CascadeTier([], Policies.ProRata)]);

    private static ProducerKey.Priority ProducersInTurn(IReadOnlyList<NodeAddress> nodes) =>
        new([.. nodes.Take(AllocationBounds.MaxTiers).Select(node => new[] { node })]);
}
