using Dems.Core.Ledger;
using Dems.Core.Settlement.Calendar;
using Dems.Core.Settlement.Corrections;
using Dems.Core.Settlement.Statements;

namespace Dems.Core.Settlement.OnChain;

/// <summary>
/// Settles the periods of a pool from its chain. A closed period is settled as of the block that its ballot named; what blocks after it change are notes that come with the
/// closings that follow, numbered in the order of <see cref="SettlementBook.Issue"/>. A pure function of chain and local time: every member comes to the same bytes.
/// </summary>
/// <param name="pool">The pool.</param>
/// <param name="history">Its history.</param>
/// <param name="time">Local time of the pool.</param>
public sealed class SettlementHistory(PoolRecords pool, PoolHistory history, LocalTimeRules time)
{
    /// <summary>The statements of a period as of a block, whether it was closed or not; false with a reason if they cannot be made.</summary>
    public bool TrySettle(BillingPeriod period, Height asOf, out PeriodSettlement settlement, out string error)
    {
        settlement = null!;
        if (pool.TimeZones is { } zones && zones != Encoding.LocalTimeCodec.Hash(time))
        {
            error = $"local time of {time.Zone}: the table is not the one that a ballot named, {zones}";
            return false;
        }

        if (pool.Tariffs.Versions.Count == 0)
        {
            error = "the pool has no tariff yet";
            return false;
        }

        if (!period.IsValid || !time.Covers(period))
        {
            error = $"period {period}: must have 1…{BillingPeriod.MaxDays} days within the local-time table of {time.Zone}";
            return false;
        }

        return HistoryRows.TryMake(pool, history, time, period, asOf, out var rows, out error)
            && StatementBuilder.TryBuild(new SettlementInput(pool.Chain, period, time, pool.Tariffs, pool.Contracts(), rows, Carried: []), out settlement, out error);
    }

    /// <summary>Closes periods one after the other, the first with empty books; false with a reason if one cannot be settled or a correction fits no statement.</summary>
    /// <param name="periods">Each with the block that it is closed as of; adjacent, and blocks do not descend.</param>
    /// <param name="closings">One for each.</param>
    /// <param name="error">The reason.</param>
    public bool TryClose(IReadOnlyList<(BillingPeriod Period, Height AsOf)> periods, out IReadOnlyList<PeriodClosing> closings, out string error)
    {
        closings = [];
        var (book, billed, found) = (SettlementBook.Empty, new List<BilledStatement>(), new List<PeriodClosing>());
        for (var i = 0; i < periods.Count; i++)
        {
            var (period, asOf) = periods[i];
            IReadOnlyList<Note> notes = [];
            if ((i > 0 && !TryCorrect(periods, i, billed, ref book, out notes, out error)) || !TrySettle(period, asOf, out var settlement, out error)
                || !book.TryClose(period, notes: 0, out book, out error) || !TryBill(settlement, billed, out error))
            {
                error = $"period {period}: {error}";
                return false;
            }

            found.Add(new PeriodClosing(asOf, settlement, notes));
        }

        (closings, error) = (found, "");
        return true;
    }

    /// <summary>What became of the statements of closed periods between two closings.</summary>
    private bool TryCorrect(
        IReadOnlyList<(BillingPeriod Period, Height AsOf)> periods, int closing, List<BilledStatement> billed, ref SettlementBook book, out IReadOnlyList<Note> notes, out string error)
    {
        notes = [];
        var (before, now) = (periods[closing - 1].AsOf, periods[closing].AsOf);
        var changes = new List<EnergyDelta>();
        for (var i = 0; i < closing; i++)
        {
            if (!HistoryRows.TryMake(pool, history, time, periods[i].Period, before, out var earlier, out error)
                || !HistoryRows.TryMake(pool, history, time, periods[i].Period, now, out var corrected, out error)
                || !TryCompare(earlier, corrected, out var found, out error))
            {
                return false;
            }

            changes.AddRange(found);
        }

        // Party by party: what one is billed depends on no other, and each has the bound of a correction for itself.
        var parties = pool.Nodes.ToDictionary(node => node.Key, node => node.Value.Party);
        var deltas = new List<StatementDelta>();
        foreach (var party in changes.GroupBy(change => parties[change.Node]))
        {
            if (!Resettlement.TryCorrect(billed.FindAll(statement => statement.Statement.Party == party.Key), [.. party], pool.Tariffs, time, out var found, out error))
            {
                return false;
            }

            deltas.AddRange(found);
        }

        (book, notes) = book.Issue(deltas);
        deltas.ForEach(delta => Apply(delta, billed));
        error = "";
        return true;
    }

    private static void Apply(StatementDelta delta, List<BilledStatement> billed)
    {
        var place = billed.FindIndex(statement => statement.Id == delta.Statement);
        billed[place] = billed[place].TryAdd(delta, out var corrected, out var error) ? corrected : throw new InvalidOperationException($"A correction does not fit what it was made from: {error}.");
    }

    /// <summary>
    /// Compares rows before and after. A node whose amounts became 0 has a row no longer: nothing replaces what it had. What only became final, with amounts as they were, is no change.
    /// </summary>
    private static bool TryCompare(IReadOnlyList<AllocatedEnergy> earlier, IReadOnlyList<AllocatedEnergy> corrected, out IReadOnlyList<EnergyDelta> changes, out string error)
    {
        if (!AllocationDiff.TryCompare(earlier, corrected, out changes, out error))
        {
            return false;
        }

        changes = [.. changes.Where(change => !change.Change.IsZero || change.Replaces != change.Reference)];
        return true;
    }

    private static bool TryBill(PeriodSettlement settlement, List<BilledStatement> billed, out string error)
    {
        error = "";
        foreach (var statement in settlement.Statements)
        {
            if (!BilledStatement.TryCreate(statement, [], out var created, out error))
            {
                return false;
            }

            billed.Add(created);
        }

        return true;
    }
}
