using Dems.Replication.Ports;
using Dems.Storage.Safety;

namespace Dems.Storage.Integrity;

/// <summary>
/// How many commits the database had, beside the database. A damaged WAL frame makes SQLite end its recovery there, silently: the commits from it on are
/// gone as if they had never been. This count tells. It is not synced, so that it never runs ahead of the database; a killed process leaves it exact.
/// </summary>
internal sealed class CommitMark(string path)
{
    private readonly SlotFile _slots = new(path);

    /// <summary>The count; null if unknown.</summary>
    public long? Read() => _slots.Read()?.First;

    /// <summary>Notes a commit that is durable.</summary>
    public void Write(long commits) => _slots.Write(commits, 0, 0, durable: false);

    /// <summary>Overwrites damaged slots with the true count.</summary>
    public void Mend(long commits)
    {
        if (_slots.HasDamage)
        {
            _slots.Write(commits, 0, 0, durable: false);
            _slots.Write(commits, 0, 0, durable: false);
        }
    }

    /// <summary>Reports damaged slots.</summary>
    public IEnumerable<Damage> Scan() => _slots.Scan("commit mark");

    /// <summary>The report for commits that the mark knows and the file lacks; null if there are none.</summary>
    public Damage? FindLostTail(string file, long commits) => Read() is { } marked && marked > commits
        ? new Damage(
            file, "wal", null, $"commits {commits + 1} to {marked}",
            "were durable and are gone: the tail of the write-ahead log is damaged or missing, or the file was restored from a copy")
        : null;
}
