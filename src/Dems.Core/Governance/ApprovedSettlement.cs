using System.Formats.Cbor;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Execution;
using Dems.Core.Settlement.Calendar;
using Dems.Core.Settlement.Encoding;

namespace Dems.Core.Governance;

/// <summary>What a ballot closed: [first day, end, statements, ballot, as of, first note, notes, period before or null].</summary>
/// <param name="Period">The period whose statements are fixed.</param>
/// <param name="Statements">What names the statements and notes: <see cref="Settlement.OnChain.PeriodClosing.Root"/>.</param>
/// <param name="Ballot">The ballot.</param>
/// <param name="AsOf">Height of the newest block that they count.</param>
/// <param name="FirstNote">Number of the first note that comes with them, or would.</param>
/// <param name="Notes">How many notes come with them.</param>
/// <param name="Before">The period that was closed before; null for the first.</param>
public sealed record ApprovedSettlement(
    BillingPeriod Period, Hash32 Statements, ContentId Ballot, Height AsOf, long FirstNote, int Notes, BillingPeriod? Before) : IStateRecord
{
    byte[] IStateRecord.Encode()
    {
        var writer = Canonical.NewWriter(128);
        writer.WriteStartArray(8);
        SettlementFields.WritePeriod(writer, Period);
        Canonical.WriteHash(writer, Statements);
        Canonical.WriteHash(writer, Ballot.Value);
        writer.WriteInt64(AsOf.Value);
        writer.WriteInt64(FirstNote);
        writer.WriteInt32(Notes);
        Write(writer, Before);
        writer.WriteEndArray();
        return writer.Encode();
    }

    internal static ApprovedSettlement Read(CborReader reader)
    {
        Canonical.ReadArray(reader, 8);
        var record = new ApprovedSettlement(
            SettlementFields.ReadPeriod(reader),
            Canonical.ReadHash(reader),
            new ContentId(Canonical.ReadHash(reader)),
            new Height(reader.ReadInt64()),
            reader.ReadInt64(),
            reader.ReadInt32(),
            ReadPeriod(reader));
        reader.ReadEndArray();
        return record;
    }

    /// <summary>Writes a period as [first day, end], or null.</summary>
    internal static void Write(CborWriter writer, BillingPeriod? period)
    {
        if (period is not { } known)
        {
            writer.WriteNull();
            return;
        }

        writer.WriteStartArray(2);
        SettlementFields.WritePeriod(writer, known);
        writer.WriteEndArray();
    }

    /// <summary>Reads what <see cref="Write"/> writes.</summary>
    internal static BillingPeriod? ReadPeriod(CborReader reader)
    {
        if (reader.PeekState() == CborReaderState.Null)
        {
            reader.ReadNull();
            return null;
        }

        Canonical.ReadArray(reader, 2);
        var period = SettlementFields.ReadPeriod(reader);
        reader.ReadEndArray();
        return period;
    }
}
