using Dems.Core.Energy;
using Dems.Core.Settlement.Calendar;
using Dems.Core.Settlement.Corrections;

namespace Dems.Core.Settlement.Statements;

/// <summary>
/// Makes the statements of a period; DESIGN section 8. A pure function of its input, whatever the order of its lists.
/// <list type="number">
/// <item>A section for each node, carrier, contract and tariff that hold in the period: the period of the carrier, cut by contracts and tariffs.</item>
/// <item>Each interval counts whole in the section, and in the band of each line, in which it starts.</item>
/// <item>Line: Σ Wh · price over bands and tiers, exact in 10⁻⁹ of the currency; rounded once.</item>
/// <item>Total per payee and VAT rate: Σ of the rounded lines; VAT on that sum, rounded once.</item>
/// </list>
/// </summary>
public static class StatementBuilder
{
    /// <summary>Makes the statements; false with a reason that names the contract, row or bound otherwise.</summary>
    public static bool TryBuild(SettlementInput input, out PeriodSettlement settlement, out string error)
    {
        settlement = null!;
        if (!input.Period.IsValid || !input.Time.Covers(input.Period))
        {
            error = $"period {input.Period}: must have 1…{BillingPeriod.MaxDays} days within the local-time table of {input.Time.Zone}";
            return false;
        }

        if (!SectionPlan.TryMake(input, out var drafts, out error) || !TryFill(drafts, input, out error))
        {
            return false;
        }

        var currencies = drafts.Select(draft => draft.Tariff.Currency).Concat(input.Carried.Select(delta => delta.Currency)).Distinct().ToList();
        if (currencies.Count > 1)
        {
            error = $"one period has one currency, not {string.Join(" and ", currencies.Select(currency => currency.Code).Order(StringComparer.Ordinal))}";
            return false;
        }

        if (!TryCarry(input, out var carried, out error))
        {
            return false;
        }

        List<Statement> statements = [];
        var total = Int128.Zero;
        var sections = drafts.ToLookup(draft => draft.Contract.Party);
        foreach (var party in sections.Select(group => group.Key).Concat(carried.Select(group => group.Key)).Distinct().Order())
        {
            if (!TryCompose(input, party, currencies[0], [.. sections[party]], [.. carried[party]], out var statement, out error))
            {
                return false;
            }

            total += SizeOf(statement);
            if (total > Statement.MaxTotal)
            {
                error = $"the amounts of the period sum to more than {Statement.MaxTotal} units";
                return false;
            }

            statements.Add(statement);
        }

        var account = drafts.MaxBy(draft => draft.Tariff.Version)?.Tariff.ResidualAccount ?? input.Tariffs.Versions[^1].Tariff.ResidualAccount;
        settlement = new PeriodSettlement(input.Period, statements, statements.Count == 0 ? [] : Clearing.Of(statements, currencies[0], account));
        return true;
    }

    private static bool TryFill(List<SectionDraft> drafts, SettlementInput input, out string error)
    {
        var rows = input.Rows.Order().ToArray();
        var place = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i];
            error = row.Refusal() ?? "";
            if (error.Length == 0 && i > 0 && rows[i - 1] is var before && (before.Node, before.Carrier) == (row.Node, row.Carrier) && before.End > row.Start)
            {
                error = "overlaps another row";
            }

            while (error.Length == 0 && place < drafts.Count && IsBefore(drafts[place], row))
            {
                place++;
            }

            if (error.Length == 0)
            {
                error = place < drafts.Count && Holds(drafts[place], row)
                    ? drafts[place].Add(row, input.Time.At(row.Start)) ?? ""
                    : "no contract and tariff of the period hold when it starts";
            }

            if (error.Length > 0)
            {
                error = $"row of {row.Node}, {row.Carrier}, {row.Start}: {error}";
                return false;
            }
        }

        error = "";
        return true;
    }

    private static bool IsBefore(SectionDraft draft, AllocatedEnergy row)
    {
        var order = draft.Contract.Node.CompareTo(row.Node);
        order = order != 0 ? order : draft.Contract.Carrier.CompareTo(row.Carrier);
        return order < 0 || (order == 0 && draft.Span.End <= row.Start);
    }

    private static bool Holds(SectionDraft draft, AllocatedEnergy row) =>
        draft.Contract.Node == row.Node && draft.Contract.Carrier == row.Carrier && draft.Span.Contains(row.Start);

    private static bool TryCarry(SettlementInput input, out ILookup<NodeAddress, StatementDelta> carried, out string error)
    {
        carried = input.Carried.OrderBy(delta => delta.Period).ThenBy(delta => delta.Statement).ThenBy(delta => delta.Revision).ToLookup(delta => delta.Party);
        var stray = input.Carried.FirstOrDefault(delta => delta.Chain != input.Chain || delta.Period.First >= input.Period.First);
        error = stray is null ? "" : $"a correction of period {stray.Period} is not of an earlier period of this pool";
        if (error.Length == 0 && input.Carried.DistinctBy(delta => (delta.Statement, delta.Revision)).Count() != input.Carried.Count)
        {
            error = "a correction stands twice";
        }

        return error.Length == 0;
    }

    private static bool TryCompose(
        SettlementInput input, NodeAddress party, Currency currency, List<SectionDraft> drafts, List<StatementDelta> carried, out Statement statement, out string error)
    {
        statement = null!;
        if (drafts.Count > Statement.MaxSections || carried.Count > Statement.MaxCorrections)
        {
            error = $"party {party}: {drafts.Count} sections and {carried.Count} corrections; at most {Statement.MaxSections} and {Statement.MaxCorrections} are allowed";
            return false;
        }

        List<StatementSection> sections = [.. drafts.Select(draft => draft.Finish())];
        var bare = new Statement { Chain = input.Chain, Party = party, Period = input.Period, Currency = currency, Sections = sections, Totals = [], Corrections = carried };
        if (SizeOf(bare) > Statement.MaxTotal)
        {
            error = $"party {party}: amounts sum to more than {Statement.MaxTotal} units";
            return false;
        }

        statement = bare with { Totals = VatTotal.Of(sections.SelectMany(section => section.Lines).Select(line => (line.Tag, line.Net))) };
        error = "";
        return true;
    }

    private static Int128 SizeOf(Statement statement) =>
        statement.Sections.SelectMany(section => section.Lines).Select(line => line.Net)
            .Concat(statement.Corrections.SelectMany(delta => delta.Lines).Select(line => line.Net))
            .Aggregate(Int128.Zero, (sum, net) => sum + Int128.Abs(net));
}
