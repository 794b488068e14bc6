using System.Formats.Cbor;
using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Settlement.Calendar;
using Dems.Core.Settlement.Corrections;
using Dems.Core.Settlement.Statements;
using Dems.Core.Settlement.Tariffs;

namespace Dems.Core.Settlement.Encoding;

/// <summary>Canonical form of a correction inside a statement or a note: [chain, statement, revision, party, first day, end day, currency, [energy, …], [line, …], [total, …]].</summary>
internal static class StatementDeltaCodec
{
    public static void Write(CborWriter writer, StatementDelta delta)
    {
        writer.WriteStartArray(10);
        Canonical.WriteHash(writer, delta.Chain.Value);
        Canonical.WriteHash(writer, delta.Statement);
        writer.WriteInt32(delta.Revision);
        SettlementFields.WriteAddress(writer, delta.Party);
        SettlementFields.WritePeriod(writer, delta.Period);
        SettlementFields.WriteCurrency(writer, delta.Currency);
        writer.WriteStartArray(delta.Energy.Count);
        foreach (var change in delta.Energy)
        {
            Write(writer, change);
        }

        writer.WriteEndArray();
        writer.WriteStartArray(delta.Lines.Count);
        foreach (var line in delta.Lines)
        {
            writer.WriteStartArray(6);
            writer.WriteInt32(line.Section);
            writer.WriteInt32(line.Line);
            SettlementFields.WriteTag(writer, line.Tag);
            SettlementFields.WriteParts(writer, line.Parts);
            SettlementFields.WriteAmount(writer, line.Exact);
            writer.WriteInt64(line.Net);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        SettlementFields.WriteTotals(writer, delta.Totals);
        writer.WriteEndArray();
    }

    public static StatementDelta Read(CborReader reader)
    {
        Canonical.ReadArray(reader, 10);
        var delta = new StatementDelta
        {
            Chain = new ChainId(Canonical.ReadHash(reader)),
            Statement = Canonical.ReadHash(reader),
            Revision = (int)Canonical.ReadInteger(reader, 1, int.MaxValue, "revision"),
            Party = SettlementFields.ReadAddress(reader),
            Period = SettlementFields.ReadPeriod(reader),
            Currency = SettlementFields.ReadCurrency(reader),
            Energy = ReadEnergy(reader),
            Lines = ReadLines(reader),
            Totals = SettlementFields.ReadTotals(reader, Statement.MaxSections * Tariff.MaxLines),
        };
        reader.ReadEndArray();
        CheckTotals(delta);
        return delta;
    }

    /// <summary>The corrections that a statement carries: of the same pool, party and currency, of earlier periods, ascending.</summary>
    public static IReadOnlyList<StatementDelta> ReadCarried(CborReader reader, ChainId chain, NodeAddress party, BillingPeriod period, Currency currency)
    {
        var deltas = new StatementDelta[Canonical.ReadArrayUpTo(reader, Statement.MaxCorrections)];
        for (var i = 0; i < deltas.Length; i++)
        {
            deltas[i] = Read(reader);
            if (deltas[i].Chain != chain || deltas[i].Party != party || deltas[i].Currency != currency || deltas[i].Period.First >= period.First)
            {
                throw new FormatException("a correction belongs to an earlier statement of the same party");
            }

            if (i > 0 && Key(deltas[i - 1]).CompareTo(Key(deltas[i])) >= 0)
            {
                throw new FormatException("corrections ascend by period, statement and revision");
            }
        }

        reader.ReadEndArray();
        return deltas;

        static (BillingPeriod Period, Hash32 Statement, int Revision) Key(StatementDelta delta) => (delta.Period, delta.Statement, delta.Revision);
    }

    private static void Write(CborWriter writer, EnergyDelta change)
    {
        writer.WriteStartArray(7);
        SettlementFields.WriteAddress(writer, change.Node);
        writer.WriteInt32((int)change.Carrier);
        writer.WriteInt64(change.Start);
        writer.WriteInt32(change.Duration);
        SettlementFields.WriteEnergy(writer, change.Change);
        Canonical.WriteHash(writer, change.Replaces);
        Canonical.WriteHash(writer, change.Reference);
        writer.WriteEndArray();
    }

    private static EnergyDelta[] ReadEnergy(CborReader reader)
    {
        var changes = new EnergyDelta[Canonical.ReadArrayUpTo(reader, Resettlement.MaxChanges)];
        for (var i = 0; i < changes.Length; i++)
        {
            Canonical.ReadArray(reader, 7);
            changes[i] = new EnergyDelta(
                SettlementFields.ReadAddress(reader),
                SettlementFields.ReadChoice<Carrier>(reader, "carrier"),
                Canonical.ReadInteger(reader, 0, Reading.MaxStart, "start"),
                (int)Canonical.ReadInteger(reader, 1, Reading.MaxDuration, "duration"),
                SettlementFields.ReadEnergy(reader, -Reading.MaxQuantity, Reading.MaxQuantity),
                Canonical.ReadHash(reader),
                Canonical.ReadHash(reader));
            reader.ReadEndArray();
            if (i > 0 && Key(changes[i - 1]).CompareTo(Key(changes[i])) >= 0)
            {
                throw new FormatException("changes ascend by node, carrier and start");
            }
        }

        reader.ReadEndArray();
        return changes;

        static (NodeAddress Node, Carrier Carrier, long Start) Key(EnergyDelta change) => (change.Node, change.Carrier, change.Start);
    }

    private static LineDelta[] ReadLines(CborReader reader)
    {
        var lines = new LineDelta[Canonical.ReadArrayUpTo(reader, Statement.MaxSections * Tariff.MaxLines)];
        for (var i = 0; i < lines.Length; i++)
        {
            Canonical.ReadArray(reader, 6);
            lines[i] = new LineDelta(
                (int)Canonical.ReadInteger(reader, 0, Statement.MaxSections - 1, "section"),
                (int)Canonical.ReadInteger(reader, 0, Tariff.MaxLines - 1, "line"),
                SettlementFields.ReadTag(reader),
                SettlementFields.ReadParts(reader, -StatementSection.MaxEnergy),
                SettlementFields.ReadAmount(reader),
                SettlementFields.ReadUnits(reader, "net"));
            reader.ReadEndArray();
            SettlementFields.CheckSum(lines[i].Tag, lines[i].Parts, lines[i].Exact);
            if (i > 0 && (lines[i - 1].Section, lines[i - 1].Line).CompareTo((lines[i].Section, lines[i].Line)) >= 0)
            {
                throw new FormatException("lines ascend by section and line");
            }
        }

        reader.ReadEndArray();
        return lines;
    }

    // VAT depends on what was billed before and is checked against the statement; the net amounts stand here.
    private static void CheckTotals(StatementDelta delta)
    {
        var net = delta.Lines.ToLookup(line => (line.Tag.Payee, line.Tag.VatPpm), line => line.Net);
        if (delta.Totals.Any(total => (total.Net == 0 && total.Vat == 0) || total.Net != net[(total.Payee, total.VatPpm)].Sum())
            || net.Any(group => group.Sum() != 0 && !delta.Totals.Any(total => (total.Payee, total.VatPpm) == group.Key)))
        {
            throw new FormatException("the totals are not those of the lines");
        }
    }
}
