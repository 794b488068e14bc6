using Dems.Core.Energy;

namespace Dems.Core.Settlement.Tariffs;

/// <summary>One line of a tariff, and of every statement made by it.</summary>
/// <param name="Name">Unique within the tariff, 1…<see cref="Tariff.MaxName"/> characters; names the line on statements.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Basis">What it multiplies.</param>
/// <param name="Carrier">To which carrier of a node it applies.</param>
/// <param name="Group">Only for nodes whose contract names this group (a grid level, a VAT status); empty for all nodes.</param>
/// <param name="Payee">Who is on the other side.</param>
/// <param name="VatPpm">VAT rate in 10⁻⁶: 200 000 is 20 %. 0…10⁶.</param>
/// <param name="Price">How it comes to its amount.</param>
public sealed record TariffLine(string Name, LineKind Kind, LineBasis Basis, Carrier Carrier, string Group, Payee Payee, int VatPpm, LinePrice Price)
{
    /// <summary>Highest VAT rate: 100 %.</summary>
    public const int MaxVatPpm = 1_000_000;

    /// <summary>Whether the party is owed the line's amount, not charged: what it gives to others.</summary>
    public bool IsCredit => IsCreditFor(Kind, Basis);

    /// <summary>Whether a party is owed the amount of lines of this kind.</summary>
    public static bool IsCreditFor(LineKind kind, LineBasis basis) => (kind, basis) is (LineKind.InternalPrice, LineBasis.SharedOut) or (LineKind.FeedIn, _);

    /// <summary>Whether the line applies to a node with this group.</summary>
    public bool AppliesTo(Carrier carrier, string group) => Carrier == carrier && (Group.Length == 0 || string.Equals(Group, group, StringComparison.Ordinal));
}
