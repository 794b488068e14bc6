using Dems.Core.Settlement.Calendar;
using Dems.Core.Settlement.Statements;
using Dems.Core.Settlement.Tariffs;

namespace Dems.Core.Settlement.Corrections;

/// <summary>
/// Settles corrections of closed statements as signed deltas; DESIGN section 7, "Corrections". Tariff, contract and VAT rate are those of the interval, taken
/// from the section that it was billed in. For each line: delta = price(energy billed + change) − price(energy billed), exact, and
/// round(new) − round(billed) in billed units; for each payee and rate: VAT(new sum) − VAT billed. So the statement and all its deltas sum to what
/// a full recomputation gives, exactly and after rounding, however many corrections there were.
/// </summary>
public static class Resettlement
{
    /// <summary>Most changed intervals of one correction.</summary>
    public const int MaxChanges = 366 * 96;

    /// <summary>
    /// The deltas of all statements that the changes touch, ascending by period and party; statements that lose no reference give none. False with a reason if a change
    /// fits no section, does not replace what holds, or leads out of bounds.
    /// </summary>
    /// <param name="billed">The statements of the periods in which changed intervals start, each as of now.</param>
    /// <param name="changes">Of <see cref="AllocationDiff"/>.</param>
    /// <param name="tariffs">The pool's tariffs.</param>
    /// <param name="time">Local time of the pool.</param>
    /// <param name="deltas">One per touched statement.</param>
    /// <param name="error">The reason.</param>
    public static bool TryCorrect(
        IReadOnlyList<BilledStatement> billed,
        IReadOnlyList<EnergyDelta> changes,
        TariffHistory tariffs,
        LocalTimeRules time,
        out IReadOnlyList<StatementDelta> deltas,
        out string error)
    {
        deltas = [];
        List<StatementDelta> found = [];
        EnergyDelta[] ordered = [.. changes.OrderBy(change => change.Node).ThenBy(change => change.Carrier).ThenBy(change => change.Start)];
        var routes = Route(billed, ordered);
        error = Refusal(ordered, routes, billed) ?? "";
        if (error.Length > 0)
        {
            return false;
        }

        var byStatement = ordered.Zip(routes, (change, route) => (Change: change, route.Statement, route.Section)).ToLookup(item => item.Statement);
        foreach (var group in byStatement.OrderBy(group => billed[group.Key].Statement.Period).ThenBy(group => billed[group.Key].Statement.Party))
        {
            if (!TryCorrect(billed[group.Key], [.. group.Select(item => (item.Change, item.Section))], tariffs, time, out var delta, out error))
            {
                return false;
            }

            found.Add(delta);
        }

        deltas = found;
        return true;
    }

    private static (int Statement, int Section)[] Route(IReadOnlyList<BilledStatement> billed, EnergyDelta[] changes)
    {
        // Only looked up, never enumerated.
        var nodes = billed.SelectMany((statement, place) => statement.Sections.Select((section, index) => (section, place, index)))
            .ToLookup(item => (item.section.Node, item.section.Carrier));
        return Array.ConvertAll(changes, change =>
            nodes[(change.Node, change.Carrier)].Where(item => item.section.Span.Contains(change.Start)).Select(item => (item.place, item.index)).FirstOrDefault((-1, -1)));
    }

    private static string? Refusal(EnergyDelta[] changes, (int Statement, int Section)[] routes, IReadOnlyList<BilledStatement> billed)
    {
        if (changes.Length > MaxChanges)
        {
            return $"{changes.Length} changed intervals; at most {MaxChanges} are allowed in one correction";
        }

        for (var i = 0; i < changes.Length; i++)
        {
            var (statement, section) = routes[i];
            var refusal = statement < 0
                ? "no closed statement has a section for it"
                : i > 0 && (changes[i - 1].Node, changes[i - 1].Carrier) == (changes[i].Node, changes[i].Carrier) && changes[i - 1].Start + changes[i - 1].Duration > changes[i].Start
                    ? "overlaps another change"
                    : billed[statement].Refusal(changes[i], billed[statement].Sections[section]);
            if (refusal is not null)
            {
                return $"change of {changes[i].Node}, {changes[i].Carrier}, {changes[i].Start}: {refusal}";
            }
        }

        return null;
    }

    private static bool TryCorrect(
        BilledStatement billed, (EnergyDelta Change, int Section)[] changes, TariffHistory tariffs, LocalTimeRules time, out StatementDelta delta, out string error)
    {
        delta = null!;
        var statement = billed.Statement;
        var pricing = new TariffPricing();
        List<LineDelta> lines = [];
        foreach (var group in changes.GroupBy(item => item.Section).OrderBy(group => group.Key))
        {
            var section = billed.Sections[group.Key];
            if (tariffs.WithVersion(section.TariffVersion) is not { } tariff)
            {
                error = $"tariff version {section.TariffVersion} is not known";
                return false;
            }

            if (!SectionDraft.IsWithinBounds(group.Aggregate(section.Energy, (sum, item) => sum + item.Change.Change)))
            {
                error = $"section {group.Key} of party {statement.Party}: a quantity would leave 0…{StatementSection.MaxEnergy} Wh";
                return false;
            }

            for (var i = 0; i < section.Lines.Count; i++)
            {
                if (!TryReprice(section.Lines[i], tariff, group.Select(item => item.Change), pricing, time, out var line, out error))
                {
                    return false;
                }

                var change = new LineDelta(group.Key, i, line.Tag, BilledStatement.Sum(line.Parts, Negated(section.Lines[i])), line.Exact - section.Lines[i].Exact, line.Net - section.Lines[i].Net);
                if (change.Parts.Count > 0 || change.Exact != ExactAmount.Zero)
                {
                    lines.Add(change);
                }
            }
        }

        var size = lines.Select(line => line.Net).Concat(billed.Sections.SelectMany(section => section.Lines).Select(line => line.Net)).Aggregate(Int128.Zero, (sum, net) => sum + Int128.Abs(net));
        if (size > Statement.MaxTotal)
        {
            error = $"party {statement.Party}: amounts sum to more than {Statement.MaxTotal} units";
            return false;
        }

        delta = new StatementDelta
        {
            Chain = statement.Chain,
            Statement = billed.Id,
            Revision = billed.Revision + 1,
            Party = statement.Party,
            Period = statement.Period,
            Currency = statement.Currency,
            Energy = [.. changes.Select(item => item.Change)],
            Lines = lines,
            Totals = TotalsOf(billed, lines),
        };
        error = "";
        return true;
    }

    private static bool TryReprice(
        StatementLine billed, Tariff tariff, IEnumerable<EnergyDelta> changes, TariffPricing pricing, LocalTimeRules time, out StatementLine line, out string error)
    {
        line = billed;
        if (tariff.Lines.FirstOrDefault(candidate => candidate.Name == billed.Tag.Name) is not { } source || LineTag.Of(source) != billed.Tag)
        {
            error = $"tariff version {tariff.Version} has no line '{billed.Tag.Name}' like the billed one";
            return false;
        }

        var pricer = pricing.PricerFor(tariff, source);
        pricer.Add(billed.Parts, billed.Exact);
        foreach (var change in changes)
        {
            pricer.Add(change.Change, time.At(change.Start));
        }

        error = pricer.IsSound ? "" : $"line '{billed.Tag.Name}' would count less than nothing in a band";
        line = pricer.IsSound ? pricer.Line() : billed;
        return pricer.IsSound;
    }

    private static IEnumerable<TierPart> Negated(StatementLine line) => line.Parts.Select(part => part with { WattHours = -part.WattHours });

    private static IReadOnlyList<VatTotal> TotalsOf(BilledStatement billed, List<LineDelta> lines) =>
    [
        .. billed.Totals
            .Select(total => (total, Net: total.Net + lines.Where(line => (line.Tag.Payee, line.Tag.VatPpm) == (total.Payee, total.VatPpm)).Sum(line => line.Net)))
            .Select(item => item.total with { Net = item.Net - item.total.Net, Vat = Rounding.Vat(item.Net, item.total.VatPpm) - item.total.Vat })
            .Where(change => change.Net != 0 || change.Vat != 0),
    ];
}
