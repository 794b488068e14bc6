using Dems.Core.Settlement.Calendar;
using Dems.Core.Settlement.Tariffs;

namespace Dems.Core.Settlement.Statements;

/// <summary>A section while its intervals are summed.</summary>
internal sealed class SectionDraft(NodeContract contract, UtcSpan span, UtcSpan period, Tariff tariff, LinePricer[] pricers)
{
    private readonly List<EvidenceRun> _evidence = [];
    private EnergyTotals _energy;

    public NodeContract Contract => contract;

    public UtcSpan Span => span;

    public Tariff Tariff => tariff;

    /// <summary>Adds the next interval; the reason if it leads out of bounds, null otherwise.</summary>
    public string? Add(AllocatedEnergy row, LocalTime start)
    {
        _energy += row.Energy;
        if (!IsWithinBounds(_energy))
        {
            return $"more than {StatementSection.MaxEnergy} Wh in one section";
        }

        if (_evidence.Count > 0 && _evidence[^1].IsContinuedBy(row))
        {
            _evidence[^1] = _evidence[^1] with { Count = _evidence[^1].Count + 1 };
        }
        else if (_evidence.Count < StatementSection.MaxRuns)
        {
            _evidence.Add(new EvidenceRun(row.Start, row.Duration, 1, row.Provisional, row.Reference));
        }
        else
        {
            return $"more than {StatementSection.MaxRuns} runs of intervals in one section";
        }

        foreach (var pricer in pricers)
        {
            pricer.Add(row.Energy, start);
        }

        return null;
    }

    public StatementSection Finish() => new()
    {
        Node = contract.Node,
        Carrier = contract.Carrier,
        Span = span,
        TariffVersion = tariff.Version,
        Energy = _energy,
        Evidence = _evidence,
        Lines = [.. pricers.Select(pricer => pricer.Line(span, period))],
    };

    /// <summary>Whether no quantity of a section is negative or too large.</summary>
    internal static bool IsWithinBounds(in EnergyTotals energy) =>
        Array.TrueForAll([energy.OwnUse, energy.SharedIn, energy.SharedOut, energy.GridIn, energy.GridOut], quantity => quantity is >= 0 and <= StatementSection.MaxEnergy);
}
