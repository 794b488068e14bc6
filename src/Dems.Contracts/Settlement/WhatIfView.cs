namespace Dems.Contracts.Settlement;

/// <summary>What a period would have come to, beside what it came to.</summary>
/// <param name="Pool">Name of the pool.</param>
/// <param name="Period">The days, as an ISO 8601 interval with the end exclusive.</param>
/// <param name="AsOf">Height of the newest block that it counts.</param>
/// <param name="Intervals">Intervals that were replayed.</param>
/// <param name="Conserved">Whether every watt-hour is somewhere in both.</param>
/// <param name="Nodes">Energy per node.</param>
/// <param name="Parties">Money per party; empty without a tariff.</param>
public sealed record WhatIfView(
    string Pool, string Period, long AsOf, int Intervals, bool Conserved, IReadOnlyList<WhatIfNodeView> Nodes, IReadOnlyList<WhatIfPartyView> Parties);
