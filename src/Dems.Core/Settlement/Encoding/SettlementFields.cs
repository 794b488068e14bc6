using System.Formats.Cbor;
using Dems.Core.Energy;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Settlement.Calendar;
using Dems.Core.Settlement.Statements;
using Dems.Core.Settlement.Tariffs;

namespace Dems.Core.Settlement.Encoding;

/// <summary>Fields that several settlement formats share. Readers run inside <see cref="Canonical.TryDecode"/>.</summary>
internal static class SettlementFields
{
    private const long NanoPerUnit = 1_000_000_000;
    private const long MaxWhole = 1L << 60;

    // 0001-01-01 and 9999-12-31.
    private const int MinDay = -719_162;
    private const int MaxDay = 2_932_896;

    public static void WriteAddress(CborWriter writer, NodeAddress address)
    {
        Span<byte> bytes = stackalloc byte[NodeAddress.Size];
        address.CopyTo(bytes);
        writer.WriteByteString(bytes);
    }

    public static NodeAddress ReadAddress(CborReader reader) => new(Canonical.ReadBytes(reader, NodeAddress.Size, "an address").Span);

    /// <summary>[whole units, 10⁻⁹ of one], both of the same sign: an amount can be read by eye and has one spelling.</summary>
    public static void WriteAmount(CborWriter writer, ExactAmount amount)
    {
        var (whole, rest) = Int128.DivRem(amount.Nano, NanoPerUnit);
        writer.WriteStartArray(2);
        writer.WriteInt64((long)whole);
        writer.WriteInt64((long)rest);
        writer.WriteEndArray();
    }

    public static ExactAmount ReadAmount(CborReader reader)
    {
        Canonical.ReadArray(reader, 2);
        var whole = Canonical.ReadInteger(reader, -MaxWhole, MaxWhole, "whole part of an amount");
        var rest = Canonical.ReadInteger(reader, 1 - NanoPerUnit, NanoPerUnit - 1, "fraction of an amount");
        reader.ReadEndArray();
        return whole != 0 && rest != 0 && long.IsNegative(whole) != long.IsNegative(rest)
            ? throw new FormatException("both parts of an amount have the same sign")
            : new ExactAmount((Int128)whole * NanoPerUnit + rest);
    }

    public static void WriteCurrency(CborWriter writer, Currency currency)
    {
        writer.WriteStartArray(2);
        writer.WriteTextString(currency.Code);
        writer.WriteInt32(currency.Digits);
        writer.WriteEndArray();
    }

    public static Currency ReadCurrency(CborReader reader)
    {
        Canonical.ReadArray(reader, 2);
        var currency = new Currency(Canonical.ReadText(reader, 3, "currency"), (int)Canonical.ReadInteger(reader, 0, Currency.MaxDigits, "digits"));
        reader.ReadEndArray();
        return currency.IsValid ? currency : throw new FormatException("a currency has three capital letters");
    }

    /// <summary>First day and first day after, in days since 1970-01-01.</summary>
    public static void WritePeriod(CborWriter writer, BillingPeriod period)
    {
        writer.WriteInt32(period.First.DayNumber + MinDay);
        writer.WriteInt32(period.End.DayNumber + MinDay);
    }

    public static BillingPeriod ReadPeriod(CborReader reader)
    {
        var period = new BillingPeriod(ReadDay(reader), ReadDay(reader));
        return period.IsValid ? period : throw new FormatException($"a period has 1…{BillingPeriod.MaxDays} days");
    }

    public static T ReadChoice<T>(CborReader reader, string name)
        where T : struct, Enum
    {
        var value = (T)Enum.ToObject(typeof(T), reader.ReadInt32());
        return Enum.IsDefined(value) ? value : throw new FormatException($"{name} {value} is not known");
    }

    public static string ReadName(CborReader reader, string name)
    {
        var text = Canonical.ReadText(reader, Tariff.MaxName, name);
        return TariffRules.NameRefusal(text) is { } refusal ? throw new FormatException($"{name}: {refusal}") : text;
    }

    /// <summary>[name, kind, basis, payee, VAT].</summary>
    public static void WriteTag(CborWriter writer, LineTag tag)
    {
        writer.WriteStartArray(5);
        writer.WriteTextString(tag.Name);
        writer.WriteInt32((int)tag.Kind);
        writer.WriteInt32((int)tag.Basis);
        writer.WriteInt32((int)tag.Payee);
        writer.WriteInt32(tag.VatPpm);
        writer.WriteEndArray();
    }

    public static LineTag ReadTag(CborReader reader)
    {
        Canonical.ReadArray(reader, 5);
        var tag = new LineTag(
            ReadName(reader, "line"),
            ReadChoice<LineKind>(reader, "kind"),
            ReadChoice<LineBasis>(reader, "basis"),
            ReadChoice<Payee>(reader, "payee"),
            (int)Canonical.ReadInteger(reader, 0, TariffLine.MaxVatPpm, "VAT rate"));
        reader.ReadEndArray();
        return TariffRules.IsMeaningful(tag.Kind, tag.Basis) ? tag : throw new FormatException($"{tag.Kind} is not charged on {tag.Basis}");
    }

    /// <summary>Parts, each [band, tier, Wh, price].</summary>
    public static void WriteParts(CborWriter writer, IReadOnlyList<TierPart> parts)
    {
        writer.WriteStartArray(parts.Count);
        foreach (var part in parts)
        {
            writer.WriteStartArray(4);
            writer.WriteTextString(part.Band);
            writer.WriteInt32(part.Tier);
            writer.WriteInt64(part.WattHours);
            writer.WriteInt64(part.Price);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    public static IReadOnlyList<TierPart> ReadParts(CborReader reader, long minWattHours)
    {
        var parts = new TierPart[Canonical.ReadArrayUpTo(reader, Tariff.MaxBands * PriceBand.MaxTiers)];
        for (var i = 0; i < parts.Length; i++)
        {
            Canonical.ReadArray(reader, 4);
            parts[i] = new TierPart(
                ReadName(reader, "band"),
                (int)Canonical.ReadInteger(reader, 0, PriceBand.MaxTiers - 1, "tier"),
                Canonical.ReadInteger(reader, minWattHours, StatementSection.MaxEnergy, "energy of a tier"),
                Canonical.ReadInteger(reader, -Tariff.MaxPrice, Tariff.MaxPrice, "price"));
            reader.ReadEndArray();
            var order = i == 0 ? -1 : string.CompareOrdinal(parts[i - 1].Band, parts[i].Band);
            if (parts[i].WattHours == 0 || order > 0 || (order == 0 && parts[i - 1].Tier >= parts[i].Tier))
            {
                throw new FormatException("parts hold energy and ascend by band and tier");
            }
        }

        reader.ReadEndArray();
        return parts;
    }

    /// <summary>Refuses an amount that is not what its parts sum to.</summary>
    public static void CheckSum(LineTag tag, IReadOnlyList<TierPart> parts, ExactAmount exact)
    {
        var sum = parts.Aggregate(ExactAmount.Zero, (total, part) => total + part.Amount);
        if (parts.Count > 0 && exact != (tag.IsCredit ? -sum : sum))
        {
            throw new FormatException($"line '{tag.Name}': the amount is not the sum of its parts");
        }
    }

    /// <summary>[own use, shared in, shared out, grid in, grid out, value in, value out].</summary>
    public static void WriteEnergy(CborWriter writer, in EnergyTotals energy)
    {
        writer.WriteStartArray(7);
        writer.WriteInt64(energy.OwnUse);
        writer.WriteInt64(energy.SharedIn);
        writer.WriteInt64(energy.SharedOut);
        writer.WriteInt64(energy.GridIn);
        writer.WriteInt64(energy.GridOut);
        WriteAmount(writer, energy.SharedInValue);
        WriteAmount(writer, energy.SharedOutValue);
        writer.WriteEndArray();
    }

    public static EnergyTotals ReadEnergy(CborReader reader, long min, long max)
    {
        Canonical.ReadArray(reader, 7);
        var energy = new EnergyTotals(Quantity(), Quantity(), Quantity(), Quantity(), Quantity()) { SharedInValue = ReadAmount(reader), SharedOutValue = ReadAmount(reader) };
        reader.ReadEndArray();
        return energy;

        long Quantity() => Canonical.ReadInteger(reader, min, max, "energy");
    }

    /// <summary>Totals, each [payee, VAT rate, net, VAT].</summary>
    public static void WriteTotals(CborWriter writer, IReadOnlyList<VatTotal> totals)
    {
        writer.WriteStartArray(totals.Count);
        foreach (var total in totals)
        {
            writer.WriteStartArray(4);
            writer.WriteInt32((int)total.Payee);
            writer.WriteInt32(total.VatPpm);
            writer.WriteInt64(total.Net);
            writer.WriteInt64(total.Vat);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    public static IReadOnlyList<VatTotal> ReadTotals(CborReader reader, int max)
    {
        var totals = new VatTotal[Canonical.ReadArrayUpTo(reader, max)];
        for (var i = 0; i < totals.Length; i++)
        {
            Canonical.ReadArray(reader, 4);
            totals[i] = new VatTotal(
                ReadChoice<Payee>(reader, "payee"),
                (int)Canonical.ReadInteger(reader, 0, TariffLine.MaxVatPpm, "VAT rate"),
                ReadUnits(reader, "net"),
                ReadUnits(reader, "VAT"));
            reader.ReadEndArray();
            if (i > 0 && (totals[i - 1].Payee, totals[i - 1].VatPpm).CompareTo((totals[i].Payee, totals[i].VatPpm)) >= 0)
            {
                throw new FormatException("totals ascend by payee and VAT rate");
            }
        }

        reader.ReadEndArray();
        return totals;
    }

    public static long ReadUnits(CborReader reader, string name) => Canonical.ReadInteger(reader, -Statement.MaxTotal, Statement.MaxTotal, name);

    private static DateOnly ReadDay(CborReader reader) => DateOnly.FromDayNumber((int)Canonical.ReadInteger(reader, MinDay, MaxDay, "day") - MinDay);
}
