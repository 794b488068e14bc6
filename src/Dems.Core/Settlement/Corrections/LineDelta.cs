using Dems.Core.Settlement.Statements;
using Dems.Core.Settlement.Tariffs;

namespace Dems.Core.Settlement.Corrections;

/// <summary>How one line of a closed statement changes.</summary>
/// <param name="Section">Place of the section in the corrected statement, from 0.</param>
/// <param name="Line">Place of the line in its section, from 0.</param>
/// <param name="Tag">What the line is; payee and VAT rate are those of the corrected line.</param>
/// <param name="Parts">Signed energy by band and tier: a correction may move energy between tiers.</param>
/// <param name="Exact">New minus old, before rounding.</param>
/// <param name="Net">Rounded new minus rounded old, in billed units: what was billed and all deltas always sum to what a full recomputation bills.</param>
public sealed record LineDelta(int Section, int Line, LineTag Tag, IReadOnlyList<TierPart> Parts, ExactAmount Exact, long Net)
{
    /// <inheritdoc/>
    public bool Equals(LineDelta? other) =>
        other is not null && Section == other.Section && Line == other.Line && Tag == other.Tag && Parts.SequenceEqual(other.Parts) && Exact == other.Exact && Net == other.Net;

    /// <inheritdoc/>
    public override int GetHashCode() => Net.GetHashCode();
}
