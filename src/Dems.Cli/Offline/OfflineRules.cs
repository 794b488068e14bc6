using Dems.Core.Allocation;
using Dems.Core.Allocation.Encoding;
using Dems.Core.Allocation.Presets;
using Dems.Core.Energy;

namespace Dems.Cli.Offline;

/// <summary>From the words of the command line to a policy. Rules that need a table get one that treats all nodes alike; a file holds any other.</summary>
internal static class OfflineRules
{
    // The homes of CityLearn's 2022 challenge: 6.4 kWh, 5 kW, some 10 % lost over a cycle.
    private const long StorageWh = 6_400;
    private const long StorageW = 5_000;
    private const int StoragePpm = 950_000;

    // Everybody bids 0.20 and asks 0.10 per kWh: all who want to trade can.
    private const long Bid = 200_000;
    private const long Ask = 100_000;

    private static readonly string[] Names =
        ["pro-rata", "static", "static-all-rounds", "equal-with-caps", "cascade", "pair-coefficients", "uniform-price", "pay-as-bid", "virtual-storage"];

    /// <summary>What may stand for a rule, for help and errors.</summary>
    public static string Listing => string.Join(", ", Names);

    /// <summary>The policy for a pool's nodes, ascending. A rule takes the place of the preset's; a file holds a whole policy.</summary>
    /// <param name="rule">A rule's name or a file with a policy; null for the preset's.</param>
    /// <param name="preset">A preset or country; null for metered intervals, producers pro rata and pooled own use.</param>
    /// <param name="basis">What counts; null for what the preset or file says.</param>
    /// <param name="nodes">The nodes, ascending.</param>
    public static AllocationPolicy Choose(string? rule, string? preset, AllocationBasis? basis, IReadOnlyList<NodeAddress> nodes)
    {
        var policy = PresetOf(preset ?? "at-dynamic").For(nodes);
        policy = rule switch
        {
            null => policy,
            _ when Names.Contains(rule, StringComparer.Ordinal) => With(policy, rule, nodes),
            _ when File.Exists(rule) => Read(rule),
            _ => throw new CommandException(ExitCodes.Usage, $"'{rule}' is neither a rule nor a file with a policy. Rules: {Listing}."),
        };
        policy = policy with { Basis = basis ?? policy.Basis };
        return policy.Refusal() is { } refusal ? throw new CommandException(ExitCodes.Usage, refusal) : policy;
    }

    private static AllocationPreset PresetOf(string name) => AllocationPresets.Find(name)
        ?? throw new CommandException(ExitCodes.Usage, $"There is no preset '{name}', only {string.Join(", ", AllocationPresets.All.Select(preset => preset.Name))}, and their countries' codes.");

    private static AllocationPolicy With(AllocationPolicy policy, string name, IReadOnlyList<NodeAddress> nodes)
    {
        var even = (AllocationRule.Static)PresetOf("at-static").For(nodes).Rule;
        AllocationRule.ProRata proRata = new();
        AllocationRule chosen = name switch
        {
            "pro-rata" => proRata,
            "static" => even,
            "static-all-rounds" => even with { Rounds = ShareRounds.All },
            "equal-with-caps" => new AllocationRule.EqualWithCaps([], 1),
            "cascade" => PresetOf("lu-priority").For(nodes).Rule,
            "pair-coefficients" => PresetOf("fr-full").For(nodes).Rule,
            "uniform-price" => new AllocationRule.UniformPriceAuction(Orders(nodes), KPpm: AllocationBounds.Million / 2, Tick: 1),
            "pay-as-bid" => new AllocationRule.PayAsBid(Orders(nodes)),
            _ => new AllocationRule.VirtualStorage([.. nodes.Select(node => new StorageUnit(node, StorageWh, StorageW, StoragePpm, StoragePpm))], proRata),
        };
        return policy with { Rule = chosen, Self = chosen is AllocationRule.VirtualStorage ? SelfSharing.First : policy.Self };
    }

    private static LimitOrder[] Orders(IReadOnlyList<NodeAddress> nodes) => [.. nodes.Select(node => new LimitOrder(node, Bid, Ask))];

    private static AllocationPolicy Read(string file) =>
        PolicyJson.TryRead(File.ReadAllText(file), out var policy, out var error) ? policy : throw new CommandException(ExitCodes.Usage, $"{file}: {error}");
}
