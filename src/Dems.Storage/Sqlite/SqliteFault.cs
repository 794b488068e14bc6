using Dems.Replication.Ports;
using SQLitePCL;

namespace Dems.Storage.Sqlite;

/// <summary>A fault that SQLite reported, with its code, so that the writer can tell a full disk from a doubtful one.</summary>
internal sealed class SqliteFault(string file, int code, string message)
    : StorageException($"{file}: SQLite error {code}: {message}")
{
    /// <summary>Primary result code (https://sqlite.org/rescode.html).</summary>
    public int Code { get; } = code & 0xFF;

    /// <summary>
    /// Whether what is durable is now unknown, so that the file must be opened again before anything else is asked of it. After a failed fsync the
    /// kernel may have dropped the pages; a full disk, in contrast, rolls back cleanly.
    /// </summary>
    public bool IsDoubtful => Code is not (raw.SQLITE_FULL or raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_INTERRUPT or raw.SQLITE_NOMEM);

    /// <summary>The exception of the ports for a result code: damage for a malformed file, a fault otherwise.</summary>
    public static StorageException Of(string file, sqlite3 handle, int code)
    {
        var message = raw.sqlite3_errmsg(handle).utf8_to_string();
        return (code & 0xFF) is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB
            ? PageDamage(file, message)
            : new SqliteFault(file, code, message);
    }

    /// <summary>Damage to the file's own structure, below the rows.</summary>
    public static DamageException PageDamage(string file, string reason) => new(new Damage(file, "page", null, "b-tree", reason));
}
