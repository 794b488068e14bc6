using Dems.Core.Allocation;

namespace Dems.Core.Ledger.Execution.Intervals;

/// <summary>A policy and when it begins.</summary>
/// <param name="From">First second of its intervals since 1970-01-01T00:00:00Z.</param>
/// <param name="Policy">The policy.</param>
public readonly record struct PolicyPeriod(long From, AllocationPolicy Policy);
