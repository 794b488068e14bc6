using System.Text.Json;
using System.Text.Json.Serialization;
using Dems.Core.Energy;
using Dems.Core.Settlement.Tariffs;

namespace Dems.Core.Settlement.Encoding;

/// <summary>
/// The text form of a tariff, for people: prices and fees in the currency with a decimal point, VAT in percent, tiers in kWh, windows by names of days and times
/// of day. Read strictly: an unknown, missing or repeated member is refused with its line. A tariff is hashed in its canonical form (<see cref="TariffCodec"/>).
/// </summary>
public static class TariffJson
{
    private const int PriceDigits = 6;
    private const int PercentDigits = 4;
    private const int KilowattHourDigits = 3;
    private const string ByAllocation = "byAllocation";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>Indented JSON.</summary>
    public static string Write(Tariff tariff) => JsonSerializer.Serialize(
        new Document(tariff.Version, tariff.Currency.Code, tariff.Currency.Digits, tariff.ResidualAccount, [.. tariff.Lines.Select(PartOf)]), Options);

    /// <summary>Reads strictly; false with line or field and reason otherwise, also if the tariff is not valid.</summary>
    public static bool TryRead(string json, out Tariff tariff, out string error)
    {
        tariff = null!;
        try
        {
            if (JsonSerializer.Deserialize<Document>(json, Options) is not { } document)
            {
                error = "line 1: an object was expected";
                return false;
            }

            var read = new Tariff(
                document.Version, new Currency(document.Currency, document.Digits), document.ResidualAccount, [.. document.Lines.Select((line, i) => LineOf(line, $"lines[{i}]"))]);
            tariff = read.TryValidate(out error) ? read : null!;
            return error.Length == 0;
        }
        catch (JsonException e)
        {
            error = $"line {(e.LineNumber ?? 0) + 1}: {e.Message}";
            return false;
        }
        catch (FormatException e)
        {
            error = e.Message;
            return false;
        }
    }

    private static LinePart PartOf(TariffLine line)
    {
        var part = new LinePart(
            line.Name, line.Kind, line.Basis, line.Carrier, line.Payee, FixedPoint.Format(line.VatPpm, PercentDigits), line.Group.Length > 0 ? line.Group : null);
        return line.Price switch
        {
            LinePrice.PerPeriod fee => part with { FeePerPeriod = FixedPoint.Format(fee.Micro, PriceDigits) },
            LinePrice.PerEnergy energy => IsFlat(energy.Bands) ? part with { Price = PriceOf(energy.Bands[0].Tiers[0]) } : part with { Bands = [.. energy.Bands.Select(PartOf)] },
            _ => part with { Price = ByAllocation },
        };
    }

    private static bool IsFlat(IReadOnlyList<PriceBand> bands) =>
        bands is [{ Name: "all", Windows: [var window], Tiers: [{ UpToWh: PriceTier.Open }] }] && window == TimeWindow.Always;

    private static BandPart PartOf(PriceBand band) => new(
        band.Name,
        [.. band.Windows.Select(WindowText.PartOf)],
        [.. band.Tiers.Select(tier => new TierPart(PriceOf(tier), tier.UpToWh == PriceTier.Open ? null : FixedPoint.Format(tier.UpToWh, KilowattHourDigits)))]);

    private static string PriceOf(PriceTier tier) => FixedPoint.Format(tier.Price, PriceDigits);

    private static TariffLine LineOf(LinePart part, string path) => new(
        part.Name,
        part.Kind,
        part.Basis,
        part.Carrier,
        part.Group ?? "",
        part.Payee,
        (int)long.Clamp(Number(part.VatPercent, PercentDigits, $"{path}.vatPercent"), -1, TariffLine.MaxVatPpm + 1),
        PriceOf(part, path));

    private static LinePrice PriceOf(LinePart part, string path) => (part.Price, part.FeePerPeriod, part.Bands) switch
    {
        (ByAllocation, null, null) => new LinePrice.ByAllocation(),
        ({ } price, null, null) => LinePrice.Flat(Number(price, PriceDigits, $"{path}.price")),
        (null, { } fee, null) => LinePrice.Fixed(Number(fee, PriceDigits, $"{path}.feePerPeriod")),
        (null, null, { } bands) => new LinePrice.PerEnergy([.. bands.Select((band, i) => BandOf(band, $"{path}.bands[{i}]"))]),
        _ => throw new FormatException($"{path}: one of price, feePerPeriod and bands must be given"),
    };

    private static PriceBand BandOf(BandPart part, string path) => new(
        part.Name,
        [.. part.Windows.Select((window, i) => WindowText.WindowOf(window, $"{path}.windows[{i}]"))],
        [
            .. part.Tiers.Select((tier, i) => new PriceTier(
                tier.UpToKwh is { } end ? Number(end, KilowattHourDigits, $"{path}.tiers[{i}].upToKwh") : PriceTier.Open, Number(tier.Price, PriceDigits, $"{path}.tiers[{i}].price"))),
        ]);

    private static long Number(string text, int digits, string path) =>
        FixedPoint.TryParse(text, digits, out var value) ? value : throw new FormatException($"{path}: '{text}' is not a number with at most {digits} digits after the point");

    private sealed record Document(int Version, string Currency, int Digits, string ResidualAccount, IReadOnlyList<LinePart> Lines);

    private sealed record LinePart(
        string Name,
        LineKind Kind,
        LineBasis Basis,
        Carrier Carrier,
        Payee Payee,
        string VatPercent,
        string? Group = null,
        string? Price = null,
        string? FeePerPeriod = null,
        IReadOnlyList<BandPart>? Bands = null);

    private sealed record BandPart(string Name, IReadOnlyList<WindowPart> Windows, IReadOnlyList<TierPart> Tiers);

    private sealed record TierPart(string Price, string? UpToKwh = null);
}
