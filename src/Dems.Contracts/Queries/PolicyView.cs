namespace Dems.Contracts.Queries;

/// <summary>A policy of a pool.</summary>
/// <param name="Carrier">The carrier whose intervals it allocates.</param>
/// <param name="From">It allocates the intervals that start at or after this, until the next one begins.</param>
/// <param name="IntervalSeconds">Length of its intervals.</param>
/// <param name="Basis">What counts: grid (import and export) or gross (consumption and generation).</param>
/// <param name="Rule">Kind of the consumer rule.</param>
/// <param name="Producers">Kind of the producer key.</param>
/// <param name="Self">What a node may receive of its own: pooled, first, forbidden.</param>
/// <param name="Policy">Canonical bytes of all of it, base64.</param>
[GenerateSerializer]
[Immutable]
[Alias("dems.PolicyView")]
public sealed record PolicyView(
    [property: Id(0)] string Carrier,
    [property: Id(1)] DateTimeOffset From,
    [property: Id(2)] int IntervalSeconds,
    [property: Id(3)] string Basis,
    [property: Id(4)] string Rule,
    [property: Id(5)] string Producers,
    [property: Id(6)] string Self,
    [property: Id(7)] string Policy);
