using System.Formats.Cbor;
using Dems.Core.Crypto;
using Dems.Core.Energy;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Settlement.Tariffs;

namespace Dems.Core.Settlement.Encoding;

/// <summary>Canonical form and hash of a tariff: [tag, version, currency, residual account, [line, …]].</summary>
public static class TariffCodec
{
    /// <summary>Longest encoded tariff in bytes: it must fit into an entry.</summary>
    public const int MaxBytes = 60_000;

    private const int PerEnergy = 1;
    private const int PerPeriod = 2;
    private const int ByAllocation = 3;

    /// <summary>Canonical bytes of a valid tariff.</summary>
    public static byte[] Encode(Tariff tariff)
    {
        var writer = Canonical.NewWriter(4_096);
        writer.WriteStartArray(5);
        writer.WriteTextString(Domains.Tariff);
        writer.WriteInt32(tariff.Version);
        SettlementFields.WriteCurrency(writer, tariff.Currency);
        writer.WriteTextString(tariff.ResidualAccount);
        writer.WriteStartArray(tariff.Lines.Count);
        foreach (var line in tariff.Lines)
        {
            Write(writer, line);
        }

        writer.WriteEndArray();
        writer.WriteEndArray();
        return writer.Encode();
    }

    /// <summary>SHA-256 of the canonical bytes, which start with the domain tag: what a ballot decides on.</summary>
    public static Hash32 Hash(Tariff tariff) => Hash32.Of(Encode(tariff));

    /// <summary>Decodes strictly; false with a reason otherwise, also if the tariff is not valid.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> bytes, out Tariff tariff, out string error) => Canonical.TryDecode(bytes, MaxBytes, "tariff", Read, out tariff, out error);

    private static void Write(CborWriter writer, TariffLine line)
    {
        writer.WriteStartArray(8);
        writer.WriteTextString(line.Name);
        writer.WriteInt32((int)line.Kind);
        writer.WriteInt32((int)line.Basis);
        writer.WriteInt32((int)line.Carrier);
        writer.WriteTextString(line.Group);
        writer.WriteInt32((int)line.Payee);
        writer.WriteInt32(line.VatPpm);
        switch (line.Price)
        {
            case LinePrice.PerEnergy energy:
                writer.WriteStartArray(2);
                writer.WriteInt32(PerEnergy);
                writer.WriteStartArray(energy.Bands.Count);
                foreach (var band in energy.Bands)
                {
                    Write(writer, band);
                }

                writer.WriteEndArray();
                break;
            case LinePrice.PerPeriod fee:
                writer.WriteStartArray(2);
                writer.WriteInt32(PerPeriod);
                writer.WriteInt64(fee.Micro);
                break;
            default:
                writer.WriteStartArray(1);
                writer.WriteInt32(ByAllocation);
                break;
        }

        writer.WriteEndArray();
        writer.WriteEndArray();
    }

    private static void Write(CborWriter writer, PriceBand band)
    {
        writer.WriteStartArray(3);
        writer.WriteTextString(band.Name);
        writer.WriteStartArray(band.Windows.Count);
        foreach (var window in band.Windows)
        {
            writer.WriteStartArray(4);
            writer.WriteInt32(window.Months);
            writer.WriteInt32(window.Days);
            writer.WriteInt32(window.FromMinute);
            writer.WriteInt32(window.ToMinute);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteStartArray(band.Tiers.Count);
        foreach (var tier in band.Tiers)
        {
            writer.WriteStartArray(2);
            if (tier.UpToWh == PriceTier.Open)
            {
                writer.WriteNull();
            }
            else
            {
                writer.WriteInt64(tier.UpToWh);
            }

            writer.WriteInt64(tier.Price);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteEndArray();
    }

    private static Tariff Read(CborReader reader)
    {
        Canonical.ReadArray(reader, 5);
        Canonical.ReadTag(reader, Domains.Tariff);
        var version = (int)Canonical.ReadInteger(reader, 1, int.MaxValue, "version");
        var currency = SettlementFields.ReadCurrency(reader);
        var account = SettlementFields.ReadName(reader, "residual account");
        var lines = new TariffLine[Canonical.ReadArrayUpTo(reader, Tariff.MaxLines)];
        for (var i = 0; i < lines.Length; i++)
        {
            lines[i] = ReadLine(reader);
        }

        reader.ReadEndArray();
        reader.ReadEndArray();
        var tariff = new Tariff(version, currency, account, lines);
        return tariff.TryValidate(out var error) ? tariff : throw new FormatException(error);
    }

    private static TariffLine ReadLine(CborReader reader)
    {
        Canonical.ReadArray(reader, 8);
        var line = new TariffLine(
            SettlementFields.ReadName(reader, "line"),
            SettlementFields.ReadChoice<LineKind>(reader, "kind"),
            SettlementFields.ReadChoice<LineBasis>(reader, "basis"),
            SettlementFields.ReadChoice<Carrier>(reader, "carrier"),
            Canonical.ReadText(reader, Tariff.MaxName, "group"),
            SettlementFields.ReadChoice<Payee>(reader, "payee"),
            (int)Canonical.ReadInteger(reader, 0, TariffLine.MaxVatPpm, "VAT rate"),
            ReadPrice(reader));
        reader.ReadEndArray();
        return line;
    }

    private static LinePrice ReadPrice(CborReader reader)
    {
        var length = Canonical.ReadArrayUpTo(reader, 2);
        LinePrice price = (reader.ReadInt32(), length) switch
        {
            (PerEnergy, 2) => new LinePrice.PerEnergy(ReadBands(reader)),
            (PerPeriod, 2) => new LinePrice.PerPeriod(reader.ReadInt64()),
            (ByAllocation, 1) => new LinePrice.ByAllocation(),
            _ => throw new FormatException("the kind of price is not known"),
        };
        reader.ReadEndArray();
        return price;
    }

    private static PriceBand[] ReadBands(CborReader reader)
    {
        var bands = new PriceBand[Canonical.ReadArrayUpTo(reader, Tariff.MaxBands)];
        for (var i = 0; i < bands.Length; i++)
        {
            Canonical.ReadArray(reader, 3);
            bands[i] = new PriceBand(SettlementFields.ReadName(reader, "band"), ReadWindows(reader), ReadTiers(reader));
            reader.ReadEndArray();
        }

        reader.ReadEndArray();
        return bands;
    }

    private static TimeWindow[] ReadWindows(CborReader reader)
    {
        var windows = new TimeWindow[Canonical.ReadArrayUpTo(reader, PriceBand.MaxWindows)];
        for (var i = 0; i < windows.Length; i++)
        {
            Canonical.ReadArray(reader, 4);
            windows[i] = new TimeWindow(reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
            reader.ReadEndArray();
        }

        reader.ReadEndArray();
        return windows;
    }

    private static PriceTier[] ReadTiers(CborReader reader)
    {
        var tiers = new PriceTier[Canonical.ReadArrayUpTo(reader, PriceBand.MaxTiers)];
        for (var i = 0; i < tiers.Length; i++)
        {
            Canonical.ReadArray(reader, 2);
            tiers[i] = new PriceTier(ReadEnd(reader), reader.ReadInt64());
            reader.ReadEndArray();
        }

        reader.ReadEndArray();
        return tiers;
    }

    private static long ReadEnd(CborReader reader)
    {
        if (reader.PeekState() == CborReaderState.Null)
        {
            reader.ReadNull();
            return PriceTier.Open;
        }

        return Canonical.ReadInteger(reader, 1, PriceTier.Open - 1, "end of a tier");
    }
}
