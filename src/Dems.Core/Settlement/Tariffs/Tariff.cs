namespace Dems.Core.Settlement.Tariffs;

/// <summary>
/// What a pool charges and credits, in one version; DESIGN section 8. A tariff from outside is used only after <see cref="TryValidate"/>. A version never
/// changes: a ballot brings the next one, and intervals are priced by the version in force at their start.
/// </summary>
/// <param name="Version">1…2³¹−1, rising within a pool.</param>
/// <param name="Currency">Of all its prices.</param>
/// <param name="ResidualAccount">Account that bears what rounding leaves over, 1…<see cref="MaxName"/> characters.</param>
/// <param name="Lines">1…<see cref="MaxLines"/> with distinct names, in the order in which statements show them.</param>
public sealed record Tariff(int Version, Currency Currency, string ResidualAccount, IReadOnlyList<TariffLine> Lines)
{
    /// <summary>Longest name in UTF-16 units.</summary>
    public const int MaxName = 32;

    /// <summary>Most lines.</summary>
    public const int MaxLines = 64;

    /// <summary>Most bands of a line.</summary>
    public const int MaxBands = 16;

    /// <summary>Highest price per kWh in 10⁻⁶ currency: 10¹¹, that is 100 000 per kWh, for currencies of small units.</summary>
    public const long MaxPrice = 100_000_000_000;

    /// <summary>Highest fixed fee in 10⁻⁶ currency: 10¹⁵.</summary>
    public const long MaxFee = 1_000_000_000_000_000;

    /// <summary>Whether the tariff may be used; false with the first reason against it.</summary>
    public bool TryValidate(out string error)
    {
        error = TariffRules.Refusal(this) ?? "";
        return error.Length == 0;
    }
}
