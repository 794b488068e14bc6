using System.Formats.Cbor;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Execution;
using Dems.Core.Settlement.Calendar;
using Dems.Core.Settlement.Corrections;

namespace Dems.Core.Governance.Execution;

/// <summary>How far a pool's settlement has come: [[first day, end] of the period closed last or null, next note, as of].</summary>
/// <param name="Last">The period closed last; null before the first.</param>
/// <param name="NextNote">Number of the next note, from 1.</param>
/// <param name="AsOf">Height of the newest block that was counted.</param>
internal sealed record SettlementBookRecord(BillingPeriod? Last, long NextNote, Height AsOf) : IStateRecord
{
    /// <summary>A pool that has closed nothing.</summary>
    public static SettlementBookRecord Empty { get; } = new(null, SettlementBook.Empty.NextNote, default);

    /// <summary>The same as settlement knows it.</summary>
    public SettlementBook Book => new(Last?.End, NextNote);

    public byte[] Encode()
    {
        var writer = Canonical.NewWriter(32);
        writer.WriteStartArray(3);
        ApprovedSettlement.Write(writer, Last);
        writer.WriteInt64(NextNote);
        writer.WriteInt64(AsOf.Value);
        writer.WriteEndArray();
        return writer.Encode();
    }

    public static SettlementBookRecord Read(CborReader reader)
    {
        Canonical.ReadArray(reader, 3);
        var record = new SettlementBookRecord(ApprovedSettlement.ReadPeriod(reader), reader.ReadInt64(), new Height(reader.ReadInt64()));
        reader.ReadEndArray();
        return record;
    }
}
