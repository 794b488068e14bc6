namespace Dems.Core.Settlement.Tariffs;

/// <summary>The bounds of a tariff.</summary>
internal static class TariffRules
{
    /// <summary>Why the tariff is refused; null if it is not.</summary>
    public static string? Refusal(Tariff tariff)
    {
        if (tariff.Version < 1)
        {
            return $"version {tariff.Version}: versions start at 1";
        }

        if (!tariff.Currency.IsValid)
        {
            return $"currency '{tariff.Currency.Code}' with {tariff.Currency.Digits} digits: three capital letters and 0…{Currency.MaxDigits} digits are allowed";
        }

        if (NameRefusal(tariff.ResidualAccount) is { } account)
        {
            return $"residualAccount: {account}";
        }

        if (tariff.Lines.Count is 0 or > Tariff.MaxLines)
        {
            return $"lines: 1…{Tariff.MaxLines} are allowed, not {tariff.Lines.Count}";
        }

        for (var i = 0; i < tariff.Lines.Count; i++)
        {
            var name = tariff.Lines[i].Name;
            var refusal = tariff.Lines.Take(i).Any(other => other.Name == name) ? "the name stands twice" : LineRefusal(tariff.Lines[i]);
            if (refusal is not null)
            {
                return $"lines[{i}] '{name}': {refusal}";
            }
        }

        return null;
    }

    private static string? LineRefusal(TariffLine line)
    {
        if (NameRefusal(line.Name) is { } name)
        {
            return $"name: {name}";
        }

        if (line.Group.Length > 0 && NameRefusal(line.Group) is { } group)
        {
            return $"group: {group}";
        }

        if (!Enum.IsDefined(line.Kind) || !Enum.IsDefined(line.Basis) || !Enum.IsDefined(line.Carrier) || !Enum.IsDefined(line.Payee))
        {
            return "kind, basis, carrier or payee is not known";
        }

        if (!IsMeaningful(line.Kind, line.Basis))
        {
            return $"{line.Kind} is not charged on {line.Basis}";
        }

        return line.VatPpm is < 0 or > TariffLine.MaxVatPpm
            ? $"VAT of {line.VatPpm} millionths: 0…{TariffLine.MaxVatPpm} are allowed"
            : PriceRefusal(line);
    }

    /// <summary>Whether lines of this kind multiply this basis.</summary>
    internal static bool IsMeaningful(LineKind kind, LineBasis basis) => kind switch
    {
        LineKind.InternalPrice => basis is LineBasis.SharedIn or LineBasis.SharedOut,
        LineKind.FeedIn => basis is LineBasis.GridOut,
        LineKind.GridPrice => basis is LineBasis.GridIn,
        LineKind.FixedFee => basis is LineBasis.Period,
        _ => basis is not LineBasis.Period,
    };

    private static string? PriceRefusal(TariffLine line) => line.Price switch
    {
        LinePrice.PerPeriod fee when line.Basis != LineBasis.Period => "an amount per period needs a fixed fee",
        LinePrice.PerPeriod fee when fee.Micro is < 0 or > Tariff.MaxFee => $"a fee of {fee.Micro}: 0…{Tariff.MaxFee} are allowed",
        LinePrice.PerPeriod => null,
        LinePrice.ByAllocation => line.Kind == LineKind.InternalPrice ? null : "only the internal price can be set by the allocation",
        LinePrice.PerEnergy when line.Basis == LineBasis.Period => "a fixed fee has an amount per period, not a price per kWh",
        LinePrice.PerEnergy energy => BandsRefusal(line.Kind, energy.Bands),
        _ => "a price is missing",
    };

    private static string? BandsRefusal(LineKind kind, IReadOnlyList<PriceBand> bands)
    {
        if (bands.Count is 0 or > Tariff.MaxBands)
        {
            return $"bands: 1…{Tariff.MaxBands} are allowed, not {bands.Count}";
        }

        // The wholesale market knows negative prices; what the community sets for itself, and fees, cannot turn round.
        var lowest = kind is LineKind.FeedIn or LineKind.GridPrice ? -Tariff.MaxPrice : 0;
        for (var i = 0; i < bands.Count; i++)
        {
            var name = bands[i].Name;
            var refusal = bands.Take(i).Any(other => other.Name == name) ? "the name stands twice" : BandRefusal(bands[i], lowest);
            if (refusal is not null)
            {
                return $"bands[{i}] '{name}': {refusal}";
            }
        }

        return BandCover.Refusal(bands);
    }

    private static string? BandRefusal(PriceBand band, long lowest)
    {
        if (NameRefusal(band.Name) is { } name)
        {
            return $"name: {name}";
        }

        if (band.Windows.Count is 0 or > PriceBand.MaxWindows || !band.Windows.All(window => window.IsValid))
        {
            return $"windows: 1…{PriceBand.MaxWindows} are allowed, each with months, days and a time from before to";
        }

        if (band.Tiers.Count is 0 or > PriceBand.MaxTiers)
        {
            return $"tiers: 1…{PriceBand.MaxTiers} are allowed, not {band.Tiers.Count}";
        }

        var below = 0L;
        for (var i = 0; i < band.Tiers.Count; i++)
        {
            var tier = band.Tiers[i];
            if (tier.Price < lowest || tier.Price > Tariff.MaxPrice)
            {
                return $"tiers[{i}]: a price of {tier.Price}: {lowest}…{Tariff.MaxPrice} are allowed";
            }

            if (tier.UpToWh <= below)
            {
                return $"tiers[{i}]: ends at {tier.UpToWh} Wh, not above {below}";
            }

            if (tier.UpToWh == PriceTier.Open != (i == band.Tiers.Count - 1))
            {
                return $"tiers[{i}]: the last tier is open, and no other";
            }

            below = tier.UpToWh;
        }

        return null;
    }

    /// <summary>One spelling for one name: no control characters, no space at either end.</summary>
    internal static string? NameRefusal(string text) =>
        text.Length is > 0 and <= Tariff.MaxName && !text.Any(char.IsControl) && !char.IsWhiteSpace(text[0]) && !char.IsWhiteSpace(text[^1])
            ? null
            : $"1…{Tariff.MaxName} characters are allowed, no control characters, no space at either end";
}
