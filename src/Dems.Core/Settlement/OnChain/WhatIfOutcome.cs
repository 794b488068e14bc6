using Dems.Core.Energy;
using Dems.Core.Settlement.Statements;

namespace Dems.Core.Settlement.OnChain;

/// <summary>What a pool's history comes to under other rules, beside what it came to.</summary>
/// <param name="Intervals">Intervals that were allocated on the chain.</param>
/// <param name="Energy">Per node, ascending: as it was, and as it would have been.</param>
/// <param name="IsConserved">Whether both allocated what they shared, and the same energy was consumed and produced.</param>
/// <param name="Before">The statements as they are; null if the pool had no tariff.</param>
/// <param name="After">The statements as they would have been; null if there is no tariff to make them by.</param>
public sealed record WhatIfOutcome(
    int Intervals, IReadOnlyList<(NodeAddress Node, EnergyTotals Before, EnergyTotals After)> Energy, bool IsConserved, PeriodSettlement? Before, PeriodSettlement? After);
