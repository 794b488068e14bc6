namespace Dems.Core.Allocation.Producers;

/// <summary>Binds producer keys to participants.</summary>
internal static class KeyBinding
{
    public static SupplierKey Bind(ProducerKey key, NodeTable nodes) => key switch
    {
        ProducerKey.Priority p => new PriorityKey(nodes.Tiers(p.Tiers, p.Tiers.Count), p.Tiers.Count + 1),
        ProducerKey.Percentages p => new PercentageKey(nodes.Shares(p.Shares)),
        ProducerKey.WaterFilled => new WaterFilledKey(nodes.Count),
        _ => new ProRataKey(),
    };
}
