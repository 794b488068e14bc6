using Dems.Core.Settlement.Encoding;
using Dems.Core.Settlement.Statements;
using Dems.Core.Settlement.Tariffs;

namespace Dems.Core.Settlement.Corrections;

/// <summary>A closed statement with all its corrections so far: what its party has been billed for the period as of now. The next correction starts from here.</summary>
public sealed class BilledStatement
{
    private readonly IReadOnlyList<StatementDelta> _deltas;
    private readonly List<StatementSection> _sections;

    private BilledStatement(Hash32 id, Statement statement, IReadOnlyList<StatementDelta> deltas)
    {
        (Id, Statement, _deltas) = (id, statement, deltas);
        _sections = [.. statement.Sections];
        foreach (var delta in deltas)
        {
            Apply(delta);
        }

        Totals = Sum([statement.Totals, .. deltas.Select(delta => delta.Totals)]);
    }

    /// <summary>Hash of the statement.</summary>
    public Hash32 Id { get; }

    /// <summary>As it was closed.</summary>
    public Statement Statement { get; }

    /// <summary>How many corrections are included.</summary>
    public int Revision => _deltas.Count;

    /// <summary>The sections with energy and lines as of now. Their evidence is that of the closing; corrections name their own.</summary>
    public IReadOnlyList<StatementSection> Sections => _sections;

    /// <summary>The totals as of now.</summary>
    public IReadOnlyList<VatTotal> Totals { get; }

    /// <summary>Takes a statement and its corrections; false with a reason if one is missing, stands twice or belongs to another statement.</summary>
    public static bool TryCreate(Statement statement, IReadOnlyList<StatementDelta> deltas, out BilledStatement billed, out string error)
    {
        billed = null!;
        var id = StatementCodec.Hash(statement);
        StatementDelta[] ordered = [.. deltas.OrderBy(delta => delta.Revision)];
        for (var i = 0; i < ordered.Length; i++)
        {
            var delta = ordered[i];
            if (delta.Statement != id || delta.Chain != statement.Chain || delta.Party != statement.Party || delta.Period != statement.Period || delta.Currency != statement.Currency)
            {
                error = $"correction {delta.Revision} belongs to another statement";
                return false;
            }

            if (delta.Revision != i + 1)
            {
                error = $"correction {i + 1} was expected, not {delta.Revision}";
                return false;
            }

            if (delta.Lines.Any(line => line.Section >= statement.Sections.Count || line.Line >= statement.Sections[line.Section].Lines.Count
                    || statement.Sections[line.Section].Lines[line.Line].Tag != line.Tag)
                || delta.Energy.Any(change => SectionOf(statement, change) < 0))
            {
                error = $"correction {delta.Revision} names lines or intervals that the statement does not have";
                return false;
            }
        }

        billed = new BilledStatement(id, statement, ordered);
        error = "";
        return true;
    }

    /// <summary>The same with a further correction; false with a reason if it does not belong here.</summary>
    public bool TryAdd(StatementDelta delta, out BilledStatement billed, out string error) => TryCreate(Statement, [.. _deltas, delta], out billed, out error);

    /// <summary>Place of the section in which a changed interval starts; −1 if there is none.</summary>
    internal static int SectionOf(Statement statement, EnergyDelta change)
    {
        for (var i = 0; i < statement.Sections.Count; i++)
        {
            var section = statement.Sections[i];
            if (section.Node == change.Node && section.Carrier == change.Carrier && section.Span.Contains(change.Start))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Why a change does not fit what was settled; null if it does. It must replace exactly what holds for its interval, or be new where nothing is.</summary>
    internal string? Refusal(EnergyDelta change, StatementSection section)
    {
        var holding = Hash32.Zero;
        foreach (var run in section.Evidence.Where(run => run.Start < change.Start + change.Duration && run.End > change.Start))
        {
            if (run.Duration != change.Duration || (change.Start - run.Start) % run.Duration != 0)
            {
                return "overlaps intervals of other bounds";
            }

            holding = run.Reference;
        }

        foreach (var earlier in _deltas.SelectMany(delta => delta.Energy).Where(earlier =>
            earlier.Node == change.Node && earlier.Carrier == change.Carrier && earlier.Start < change.Start + change.Duration && earlier.Start + earlier.Duration > change.Start))
        {
            if ((earlier.Start, earlier.Duration) != (change.Start, change.Duration))
            {
                return "overlaps intervals of other bounds";
            }

            holding = earlier.Reference;
        }

        return change.Replaces == holding ? null : $"replaces {change.Replaces}, but {holding} holds";
    }

    /// <summary>Parts of two lists added up by band and tier; those that come to nothing are dropped.</summary>
    internal static IReadOnlyList<TierPart> Sum(IEnumerable<TierPart> left, IEnumerable<TierPart> right) =>
        TierSplit.InOrder(left.Concat(right)
            .GroupBy(part => (part.Band, part.Tier, part.Price))
            .Select(group => new TierPart(group.Key.Band, group.Key.Tier, group.Sum(part => part.WattHours), group.Key.Price))
            .Where(part => part.WattHours != 0));

    private static IReadOnlyList<VatTotal> Sum(IEnumerable<IReadOnlyList<VatTotal>> totals) =>
    [
        .. totals.SelectMany(list => list)
            .GroupBy(total => (total.Payee, total.VatPpm))
            .OrderBy(group => group.Key)
            .Select(group => new VatTotal(group.Key.Payee, group.Key.VatPpm, group.Sum(total => total.Net), group.Sum(total => total.Vat))),
    ];

    private void Apply(StatementDelta delta)
    {
        foreach (var change in delta.Energy)
        {
            var place = SectionOf(Statement, change);
            _sections[place] = _sections[place] with { Energy = _sections[place].Energy + change.Change };
        }

        foreach (var change in delta.Lines)
        {
            var section = _sections[change.Section];
            var line = section.Lines[change.Line];
            var corrected = new StatementLine(line.Tag, Sum(line.Parts, change.Parts), line.Exact + change.Exact, line.Net + change.Net);
            _sections[change.Section] = section with { Lines = [.. section.Lines.Select((other, i) => i == change.Line ? corrected : other)] };
        }
    }
}
