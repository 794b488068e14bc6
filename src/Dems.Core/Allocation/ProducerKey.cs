using Dems.Core.Energy;

namespace Dems.Core.Allocation;

/// <summary>
/// How the total that consumers receive is placed on the producers: exactly that total, nobody above its production. Not used by pair coefficients and
/// auctions, which name the producers themselves. The formulas stand in the files under Producers.
/// </summary>
public abstract record ProducerKey
{
    private ProducerKey()
    {
    }

    /// <summary>Version of the arithmetic, part of the signed bytes.</summary>
    public virtual int Version => 1;

    /// <summary>In proportion to production.</summary>
    public sealed record ProRata : ProducerKey;

    /// <summary>Group after group, inside a group pro rata; whoever no group names comes last.</summary>
    /// <param name="Tiers">At most <see cref="AllocationBounds.MaxTiers"/>, none empty, each strictly ascending, each node in one at most.</param>
    public sealed record Priority(IReadOnlyList<IReadOnlyList<NodeAddress>> Tiers) : ProducerKey;

    /// <summary>By fixed percentages as far as the production goes; what they cannot place, pro rata to what is left.</summary>
    /// <param name="Shares">Strictly ascending by node, Σ ≤ 10⁶.</param>
    public sealed record Percentages(IReadOnlyList<NodeShare> Shares) : ProducerKey;

    /// <summary>Equal amounts, nobody above its production.</summary>
    public sealed record WaterFilled : ProducerKey;
}
