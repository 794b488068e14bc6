using Dems.Core.Settlement.Tariffs;

namespace Dems.Core.Settlement.Statements;

/// <summary>What a line of a statement is, taken from its tariff so that the statement can be read alone.</summary>
/// <param name="Name">Name of the tariff line.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Basis">What it multiplies.</param>
/// <param name="Payee">Who is on the other side.</param>
/// <param name="VatPpm">VAT rate in 10⁻⁶.</param>
public sealed record LineTag(string Name, LineKind Kind, LineBasis Basis, Payee Payee, int VatPpm)
{
    /// <summary>Whether the party is owed the amount.</summary>
    public bool IsCredit => TariffLine.IsCreditFor(Kind, Basis);

    /// <summary>The tag of a tariff line.</summary>
    public static LineTag Of(TariffLine line) => new(line.Name, line.Kind, line.Basis, line.Payee, line.VatPpm);
}
