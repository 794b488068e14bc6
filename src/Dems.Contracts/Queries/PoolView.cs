namespace Dems.Contracts.Queries;

/// <summary>How a pool shares, as of the newest executed block.</summary>
/// <param name="Pool">Its name.</param>
/// <param name="Nodes">Nodes ever registered.</param>
/// <param name="GraceSeconds">How long an incomplete interval waits after its end or its first reading.</param>
/// <param name="WindowSeconds">How long after its last allocation corrections still change an interval.</param>
/// <param name="Policies">The policies, by carrier, ascending by the time from which each is in force.</param>
/// <param name="Balance">What its intervals gave.</param>
[GenerateSerializer]
[Immutable]
[Alias("dems.PoolView")]
public sealed record PoolView(
    [property: Id(0)] string Pool,
    [property: Id(1)] int Nodes,
    [property: Id(2)] long GraceSeconds,
    [property: Id(3)] long WindowSeconds,
    [property: Id(4)] IReadOnlyList<PolicyView> Policies,
    [property: Id(5)] PoolBalance Balance);
