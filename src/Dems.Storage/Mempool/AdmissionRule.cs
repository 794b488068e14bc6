using Dems.Replication.Ports;
using Dems.Storage.Chain;
using Dems.Storage.Sqlite;

namespace Dems.Storage.Mempool;

/// <summary>
/// Decides a submission by what is held under its signer and sequence number. What is ordered first decides; then what was admitted here; then, among
/// bodies that only peers sent, the same content (a retransmission to another member), and last the oldest other content.
/// </summary>
internal static class AdmissionRule
{
    /// <summary>Stores the entry or says what stands in its place. A body that is answered for is kept from then on, even if a peer sent it.</summary>
    public static Admission Admit(SqliteFile file, PooledEntry entry)
    {
        var held = BodyTable.FindBySequence(file, entry.Signer, entry.Sequence);
        if (held.Count == 0)
        {
            PendingTable.Insert(file, BodyTable.Insert(file, entry), entry.ReceivedAt, local: true);
            return new Admission(AdmissionOutcome.Stored, entry.Content, entry.Leaf, null);
        }

        var (deciding, orderedAt) = Decide(file, held, entry);
        if (deciding.Content != entry.Content)
        {
            return new Admission(AdmissionOutcome.SequenceTaken, deciding.Content, deciding.Leaf, orderedAt);
        }

        if (orderedAt is null)
        {
            Keep(file, deciding, entry);
        }

        return new Admission(AdmissionOutcome.Duplicate, deciding.Content, deciding.Leaf, orderedAt);
    }

    private static (BodyRow Row, long? OrderedAt) Decide(SqliteFile file, List<BodyRow> held, PooledEntry entry)
    {
        (BodyRow Row, long? OrderedAt)? ordered = null;
        foreach (var row in held)
        {
            if (EntryTable.FindPosition(file, row.Id, row.Leaf) is { } position && (ordered is null || position < ordered.Value.OrderedAt))
            {
                ordered = (row, position);
            }
        }

        if (ordered is { } first)
        {
            return first;
        }

        foreach (var row in held)
        {
            if (PendingTable.Read(file, row.Id) is { Local: true })
            {
                return (row, null);
            }
        }

        var same = held.FindIndex(row => row.Content == entry.Content);
        return (held[Math.Max(same, 0)], null);
    }

    // The sender may be promised this entry now: it must not expire, and the held body must be sound.
    private static void Keep(SqliteFile file, BodyRow row, PooledEntry entry)
    {
        var received = PendingTable.Read(file, row.Id)?.Received ?? entry.ReceivedAt;
        PendingTable.Insert(file, row.Id, received, local: true);
        if (row.Leaf == entry.Leaf && !BodyTable.IsSound(file, row.Id))
        {
            BodyTable.Replace(file, row.Id, entry);
        }
    }
}
