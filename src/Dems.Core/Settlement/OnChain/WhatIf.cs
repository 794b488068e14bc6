using Dems.Core.Allocation;
using Dems.Core.Energy;
using Dems.Core.Settlement.Calendar;
using Dems.Core.Settlement.Statements;
using Dems.Core.Settlement.Tariffs;

namespace Dems.Core.Settlement.OnChain;

/// <summary>
/// Replays what the intervals of a period metered, as the chain has it, under another policy or tariff. A pure function; the chain is only read. The policy must count what the
/// pool's own one counts, since rows hold nothing else; its settlement interval may sum intervals, not split them. Virtual storages start empty and are carried from interval to interval.
/// </summary>
public static class WhatIf
{
    /// <summary>Replays a period; false with a reason if the policy cannot be applied to it or statements cannot be made.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="history">Its history.</param>
    /// <param name="time">Local time of the pool.</param>
    /// <param name="period">The days.</param>
    /// <param name="carrier">The carrier that the policy is about; statements cover it alone.</param>
    /// <param name="policy">The policy to try; null to keep the pool's.</param>
    /// <param name="tariff">The tariff to try, as if it had always held; null to keep the pool's.</param>
    /// <param name="outcome">What it comes to.</param>
    /// <param name="error">The reason.</param>
    public static bool TryRun(
        PoolRecords pool, PoolHistory history, LocalTimeRules time, BillingPeriod period, Carrier carrier, AllocationPolicy? policy, Tariff? tariff, out WhatIfOutcome outcome, out string error)
    {
        outcome = null!;
        if (!period.IsValid || !time.Covers(period))
        {
            error = $"period {period}: must have 1…{BillingPeriod.MaxDays} days within the local-time table of {time.Zone}";
            return false;
        }

        var versions = history.In(carrier, time.SpanOf(period, carrier), history.Height).ToList();
        if (!TryReal(pool, versions, out var real, out error) || !TryReplay(pool, versions, policy, real, out var replayed, out error))
        {
            return false;
        }

        var tried = pool.Tariffs;
        if (tariff is not null && !TariffHistory.TryCreate([new TariffVersion(0, tariff)], out tried, out error))
        {
            return false;
        }

        if (!TrySettle(pool, time, period, carrier, pool.Tariffs, real, out var before, out error) || !TrySettle(pool, time, period, carrier, tried, replayed, out var after, out error))
        {
            return false;
        }

        outcome = new WhatIfOutcome(versions.Count, Compare(real, replayed), IsConserved(real, replayed), before, after);
        return true;
    }

    private static bool TryReal(PoolRecords pool, List<IntervalVersion> versions, out List<AllocatedEnergy> rows, out string error)
    {
        (rows, error) = ([], "");
        foreach (var version in versions)
        {
            if (!HistoryRows.TryMake(pool, version, out var energies, out error))
            {
                return false;
            }

            rows.AddRange(energies);
        }

        return true;
    }

    private static bool TryReplay(PoolRecords pool, List<IntervalVersion> versions, AllocationPolicy? policy, List<AllocatedEnergy> real, out List<AllocatedEnergy> rows, out string error)
    {
        (rows, error) = (real, "");
        if (policy is null)
        {
            return true;
        }

        rows = [];
        IReadOnlyList<StorageState> storage = [];
        foreach (var group in versions.GroupBy(version => StartUnder(policy, version)))
        {
            if (!TryJoin(pool, [.. group], policy, out var input, out error) || !Allocator.TryAllocate(input with { Storage = storage }, out var result, out error))
            {
                error = $"interval {group.Key}: {error}";
                return false;
            }

            storage = result.Storage;
            var proofs = result.Nodes.Select(_ => new RowProof(Hash32.Zero, group.Any(version => version.Row.IsProvisional))).ToList();
            rows.AddRange(AllocatedRows.Of(result, proofs).Where(row => !row.Energy.IsZero));
        }

        return true;
    }

    private static long StartUnder(AllocationPolicy policy, IntervalVersion version) =>
        policy.SettlementInterval == 0 ? version.Row.Start : version.Row.Start - (version.Row.Start % policy.SettlementInterval);

    // What the intervals of one settlement interval metered, summed node by node.
    private static bool TryJoin(PoolRecords pool, List<IntervalVersion> versions, AllocationPolicy policy, out AllocationInput input, out string error)
    {
        input = null!;
        var sums = new SortedDictionary<NodeAddress, Participant>();
        foreach (var version in versions)
        {
            if (!RepeatedAllocation.TryInput(pool, version, out var metered, out error))
            {
                return false;
            }

            var length = policy.SettlementInterval == 0 ? version.Row.Duration : policy.SettlementInterval;
            if (metered.Policy.Basis != policy.Basis || length % version.Row.Duration != 0)
            {
                error = metered.Policy.Basis != policy.Basis
                    ? $"the chain counts on the basis {metered.Policy.Basis}, and its rows hold nothing for {policy.Basis}"
                    : $"a settlement interval of {length} s is not made of intervals of {version.Row.Duration} s";
                return false;
            }

            foreach (var participant in metered.Participants)
            {
                var sum = sums.GetValueOrDefault(participant.Node);
                sums[participant.Node] = new Participant(participant.Node, sum.Consumption + participant.Consumption, sum.Production + participant.Production);
            }

            input ??= metered with { Policy = policy, Interval = metered.Interval with { Start = StartUnder(policy, version), Duration = length } };
        }

        input = input with { Participants = [.. sums.Values] };
        error = "";
        return true;
    }

    private static bool TrySettle(
        PoolRecords pool, LocalTimeRules time, BillingPeriod period, Carrier carrier, TariffHistory tariffs, List<AllocatedEnergy> rows, out PeriodSettlement? settlement, out string error)
    {
        (settlement, error) = (null, "");
        if (tariffs.Versions.Count == 0)
        {
            return true;
        }

        var contracts = (pool with { Tariffs = tariffs }).Contracts().Where(contract => contract.Carrier == carrier).ToList();
        var held = contracts.ToLookup(contract => contract.Node);
        var span = time.SpanOf(period, carrier);
        var priced = rows.Where(row => span.Contains(row.Start) && held[row.Node].Any(contract => contract.Span.Contains(row.Start))).ToList();
        return StatementBuilder.TryBuild(new SettlementInput(pool.Chain, period, time, tariffs, contracts, priced, Carried: []), out settlement, out error);
    }

    private static IReadOnlyList<(NodeAddress Node, EnergyTotals Before, EnergyTotals After)> Compare(List<AllocatedEnergy> real, List<AllocatedEnergy> replayed)
    {
        var (before, after) = (SumsOf(real), SumsOf(replayed));
        return [.. before.Keys.Union(after.Keys).Order().Select(node => (node, before.GetValueOrDefault(node), after.GetValueOrDefault(node)))];
    }

    private static bool IsConserved(List<AllocatedEnergy> real, List<AllocatedEnergy> replayed)
    {
        var (before, after) = (Sum(real), Sum(replayed));
        return before.SharedIn == before.SharedOut && after.SharedIn == after.SharedOut
            && before.OwnUse + before.SharedIn + before.GridIn == after.OwnUse + after.SharedIn + after.GridIn;
    }

    private static EnergyTotals Sum(IEnumerable<AllocatedEnergy> rows) => rows.Aggregate(default(EnergyTotals), (sum, row) => sum + row.Energy);

    private static SortedDictionary<NodeAddress, EnergyTotals> SumsOf(List<AllocatedEnergy> rows)
    {
        var sums = new SortedDictionary<NodeAddress, EnergyTotals>();
        foreach (var row in rows)
        {
            sums[row.Node] = sums.GetValueOrDefault(row.Node) + row.Energy;
        }

        return sums;
    }
}
