using System.Formats.Cbor;
using Dems.Core.Crypto;
using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Settlement.Calendar;
using Dems.Core.Settlement.Statements;
using Dems.Core.Settlement.Tariffs;

namespace Dems.Core.Settlement.Encoding;

/// <summary>
/// Canonical form and hash of a statement. What can be recomputed from its own fields is recomputed on decoding (amounts of parts, roundings, totals, VAT), so
/// that no statement with wrong arithmetic can be read.
/// </summary>
public static class StatementCodec
{
    /// <summary>Longest encoded statement in bytes: 64 MiB.</summary>
    public const int MaxBytes = 64 << 20;

    /// <summary>Canonical bytes.</summary>
    public static byte[] Encode(Statement statement)
    {
        var writer = Canonical.NewWriter(16_384);
        writer.WriteStartArray(9);
        writer.WriteTextString(Domains.Statement);
        Canonical.WriteHash(writer, statement.Chain.Value);
        SettlementFields.WriteAddress(writer, statement.Party);
        SettlementFields.WritePeriod(writer, statement.Period);
        SettlementFields.WriteCurrency(writer, statement.Currency);
        writer.WriteStartArray(statement.Sections.Count);
        foreach (var section in statement.Sections)
        {
            Write(writer, section);
        }

        writer.WriteEndArray();
        SettlementFields.WriteTotals(writer, statement.Totals);
        writer.WriteStartArray(statement.Corrections.Count);
        foreach (var correction in statement.Corrections)
        {
            StatementDeltaCodec.Write(writer, correction);
        }

        writer.WriteEndArray();
        writer.WriteEndArray();
        return writer.Encode();
    }

    /// <summary>SHA-256 of the canonical bytes, which start with the domain tag: names the statement.</summary>
    public static Hash32 Hash(Statement statement) => Hash32.Of(Encode(statement));

    /// <summary>Decodes strictly; false with a reason otherwise, also if an amount is not what it must be.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> bytes, out Statement statement, out string error) =>
        Canonical.TryDecode(bytes, MaxBytes, "statement", Read, out statement, out error);

    private static void Write(CborWriter writer, StatementSection section)
    {
        writer.WriteStartArray(8);
        SettlementFields.WriteAddress(writer, section.Node);
        writer.WriteInt32((int)section.Carrier);
        writer.WriteInt64(section.Span.Start);
        writer.WriteInt64(section.Span.End);
        writer.WriteInt32(section.TariffVersion);
        SettlementFields.WriteEnergy(writer, section.Energy);
        writer.WriteStartArray(section.Evidence.Count);
        foreach (var run in section.Evidence)
        {
            writer.WriteStartArray(5);
            writer.WriteInt64(run.Start);
            writer.WriteInt32(run.Duration);
            writer.WriteInt32(run.Count);
            writer.WriteBoolean(run.Provisional);
            Canonical.WriteHash(writer, run.Reference);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteStartArray(section.Lines.Count);
        foreach (var line in section.Lines)
        {
            writer.WriteStartArray(4);
            SettlementFields.WriteTag(writer, line.Tag);
            SettlementFields.WriteParts(writer, line.Parts);
            SettlementFields.WriteAmount(writer, line.Exact);
            writer.WriteInt64(line.Net);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteEndArray();
    }

    private static Statement Read(CborReader reader)
    {
        Canonical.ReadArray(reader, 9);
        Canonical.ReadTag(reader, Domains.Statement);
        var chain = new ChainId(Canonical.ReadHash(reader));
        var party = SettlementFields.ReadAddress(reader);
        var period = SettlementFields.ReadPeriod(reader);
        var currency = SettlementFields.ReadCurrency(reader);
        var sections = new StatementSection[Canonical.ReadArrayUpTo(reader, Statement.MaxSections)];
        for (var i = 0; i < sections.Length; i++)
        {
            sections[i] = ReadSection(reader, currency);
            if (i > 0 && !Ascend(sections[i - 1], sections[i]))
            {
                throw new FormatException("sections ascend by node, carrier and time, and do not overlap");
            }
        }

        reader.ReadEndArray();
        var totals = SettlementFields.ReadTotals(reader, sections.Sum(section => section.Lines.Count));
        var expected = VatTotal.Of(sections.SelectMany(section => section.Lines).Select(line => (line.Tag, line.Net)));
        if (!totals.SequenceEqual(expected))
        {
            throw new FormatException("the totals are not those of the lines");
        }

        var corrections = StatementDeltaCodec.ReadCarried(reader, chain, party, period, currency);
        reader.ReadEndArray();
        return new Statement { Chain = chain, Party = party, Period = period, Currency = currency, Sections = sections, Totals = totals, Corrections = corrections };
    }

    private static bool Ascend(StatementSection left, StatementSection right)
    {
        var order = left.Node.CompareTo(right.Node);
        order = order != 0 ? order : left.Carrier.CompareTo(right.Carrier);
        return order < 0 || (order == 0 && left.Span.End <= right.Span.Start);
    }

    private static StatementSection ReadSection(CborReader reader, Currency currency)
    {
        Canonical.ReadArray(reader, 8);
        var node = SettlementFields.ReadAddress(reader);
        var carrier = SettlementFields.ReadChoice<Carrier>(reader, "carrier");
        var span = new UtcSpan(Canonical.ReadInteger(reader, -Reading.MaxStart, Reading.MaxStart, "start"), Canonical.ReadInteger(reader, -Reading.MaxStart, Reading.MaxStart, "end"));
        var version = (int)Canonical.ReadInteger(reader, 1, int.MaxValue, "tariff version");
        var section = new StatementSection
        {
            Node = node,
            Carrier = carrier,
            Span = span.IsEmpty ? throw new FormatException("a section covers at least a second") : span,
            TariffVersion = version,
            Energy = SettlementFields.ReadEnergy(reader, 0, StatementSection.MaxEnergy),
            Evidence = ReadEvidence(reader, span),
            Lines = ReadLines(reader, currency),
        };
        reader.ReadEndArray();
        return section;
    }

    private static EvidenceRun[] ReadEvidence(CborReader reader, UtcSpan span)
    {
        var runs = new EvidenceRun[Canonical.ReadArrayUpTo(reader, StatementSection.MaxRuns)];
        for (var i = 0; i < runs.Length; i++)
        {
            Canonical.ReadArray(reader, 5);
            runs[i] = new EvidenceRun(
                Canonical.ReadInteger(reader, 0, Reading.MaxStart, "start"),
                (int)Canonical.ReadInteger(reader, 1, Reading.MaxDuration, "duration"),
                (int)Canonical.ReadInteger(reader, 1, int.MaxValue, "count"),
                reader.ReadBoolean(),
                Canonical.ReadHash(reader));
            reader.ReadEndArray();
            var run = runs[i];
            if (!span.Contains(run.Start) || !span.Contains(run.End - run.Duration))
            {
                throw new FormatException("intervals start within their section");
            }

            if (i > 0 && (runs[i - 1].End > run.Start || runs[i - 1].Joins(run)))
            {
                throw new FormatException("runs of intervals ascend, do not overlap and are as long as they can be");
            }
        }

        reader.ReadEndArray();
        return runs;
    }

    private static StatementLine[] ReadLines(CborReader reader, Currency currency)
    {
        var lines = new StatementLine[Canonical.ReadArrayUpTo(reader, Tariff.MaxLines)];
        for (var i = 0; i < lines.Length; i++)
        {
            Canonical.ReadArray(reader, 4);
            var tag = SettlementFields.ReadTag(reader);
            lines[i] = new StatementLine(tag, SettlementFields.ReadParts(reader, 0), SettlementFields.ReadAmount(reader), SettlementFields.ReadUnits(reader, "net"));
            reader.ReadEndArray();
            SettlementFields.CheckSum(tag, lines[i].Parts, lines[i].Exact);
            if (lines[i].Exact.Round(currency) != lines[i].Net)
            {
                throw new FormatException($"line '{tag.Name}': the net amount is not the rounded exact amount");
            }

            if (lines.Take(i).Any(other => other.Tag.Name == tag.Name))
            {
                throw new FormatException($"line '{tag.Name}' stands twice in a section");
            }
        }

        reader.ReadEndArray();
        return lines;
    }
}
