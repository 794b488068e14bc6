namespace Dems.Core.Allocation;

/// <summary>What happens between a node's own production and its own consumption. Numbers are part of the signed bytes.</summary>
public enum SelfSharing
{
    /// <summary>A node's production goes into the pool like anyone's; its own consumption draws on it like on any.</summary>
    Pooled = 1,

    /// <summary>A node uses min(C, P) of its own first; the rule shares the rest.</summary>
    First = 2,

    /// <summary>A node never receives its own production: xᵢᵢ = 0, and the total is what that leaves feasible.</summary>
    Forbidden = 3,
}
