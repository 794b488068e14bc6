namespace Dems.Core.Allocation;

/// <summary>All that a ballot decides about a pool's allocation of one carrier.</summary>
/// <param name="Basis">What is counted.</param>
/// <param name="Rule">How consumers are served.</param>
/// <param name="Producers">How the total is placed on producers.</param>
/// <param name="Self">What a node may receive of its own.</param>
/// <param name="SettlementInterval">Seconds to which readings are summed before they are allocated; 0 to allocate them as metered.</param>
public sealed record AllocationPolicy(AllocationBasis Basis, AllocationRule Rule, ProducerKey Producers, SelfSharing Self, int SettlementInterval)
{
    /// <summary>Why this can not be a pool's policy; null if it can.</summary>
    public string? Refusal() => PolicyRules.Refusal(this);

    /// <summary>Why the table can not replace the rule's standing one for an interval; null if it can.</summary>
    public string? Refusal(IntervalParameters parameters) => PolicyRules.Refusal(parameters, this);
}
