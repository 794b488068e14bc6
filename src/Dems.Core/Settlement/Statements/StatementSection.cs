using Dems.Core.Energy;
using Dems.Core.Settlement.Calendar;

namespace Dems.Core.Settlement.Statements;

/// <summary>
/// The part of a statement about one node and carrier while one contract and one tariff held. All its lines count the same intervals, those of
/// <see cref="Evidence"/>.
/// </summary>
public sealed record StatementSection
{
    /// <summary>Largest sum of any of a section's quantities: 2⁴⁰ Wh, so that no amount leaves its type.</summary>
    public const long MaxEnergy = 1L << 40;

    /// <summary>Most runs of evidence: a leap year of quarter-hours, each with a receipt of its own.</summary>
    public const int MaxRuns = 366 * 96;

    /// <summary>The node.</summary>
    public required NodeAddress Node { get; init; }

    /// <summary>The carrier.</summary>
    public required Carrier Carrier { get; init; }

    /// <summary>The seconds in which intervals of this section start.</summary>
    public required UtcSpan Span { get; init; }

    /// <summary>Version of the tariff.</summary>
    public required int TariffVersion { get; init; }

    /// <summary>Sum over the intervals.</summary>
    public required EnergyTotals Energy { get; init; }

    /// <summary>The intervals and what proves them, ascending.</summary>
    public required IReadOnlyList<EvidenceRun> Evidence { get; init; }

    /// <summary>All lines of the tariff that apply to the node, in the tariff's order, also those over nothing: a correction has a line to refer to.</summary>
    public required IReadOnlyList<StatementLine> Lines { get; init; }

    /// <summary>How many intervals are provisional.</summary>
    public int ProvisionalIntervals => Evidence.Where(run => run.Provisional).Sum(run => run.Count);

    /// <inheritdoc/>
    public bool Equals(StatementSection? other) =>
        other is not null && Node == other.Node && Carrier == other.Carrier && Span == other.Span && TariffVersion == other.TariffVersion && Energy == other.Energy
        && Evidence.SequenceEqual(other.Evidence) && Lines.SequenceEqual(other.Lines);

    /// <inheritdoc/>
    public override int GetHashCode() => Node.GetHashCode();
}
