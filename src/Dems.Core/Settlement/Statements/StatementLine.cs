using Dems.Core.Settlement.Tariffs;

namespace Dems.Core.Settlement.Statements;

/// <summary>One line of a statement: a tariff line over all intervals of a section.</summary>
/// <param name="Tag">What it is.</param>
/// <param name="Parts">Energy by band and tier with its price, ascending by name of the band and tier; empty for fixed fees and for values set by the allocation.</param>
/// <param name="Exact">The amount before rounding; positive is owed by the party. Where there are parts, their sum.</param>
/// <param name="Net">The amount without VAT in billed units: <paramref name="Exact"/>, rounded.</param>
public sealed record StatementLine(LineTag Tag, IReadOnlyList<TierPart> Parts, ExactAmount Exact, long Net)
{
    /// <summary>Energy that the line counts, in Wh.</summary>
    public long WattHours => Parts.Sum(part => part.WattHours);

    /// <inheritdoc/>
    public bool Equals(StatementLine? other) =>
        other is not null && Tag == other.Tag && Parts.SequenceEqual(other.Parts) && Exact == other.Exact && Net == other.Net;

    /// <inheritdoc/>
    public override int GetHashCode() => Net.GetHashCode();
}
