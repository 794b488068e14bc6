using Dems.Replication.Ports;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Dems.Storage.Sqlite;

/// <summary>One connection to a database file with its prepared statements. Used by one thread at a time.</summary>
internal sealed class SqliteFile : IDisposable
{
    private const int BusyMilliseconds = 10_000;

    private readonly SqliteConnection _connection;

    // By reference: the texts are constants, and hashing one costs as much as binding its parameters.
    private readonly Dictionary<string, sqlite3_stmt> _statements = new(ReferenceEqualityComparer.Instance);

    private SqliteFile(string path, SqliteConnection connection)
    {
        Path = path;
        Name = System.IO.Path.GetFileName(path);
        _connection = connection;
    }

    /// <summary>Path of the file.</summary>
    public string Path { get; }

    /// <summary>File name without folder, as damage reports give it.</summary>
    public string Name { get; }

    private sqlite3 Handle => _connection.Handle!;

    /// <summary>Opens a connection.</summary>
    /// <exception cref="StorageException">The file is missing (unless it may be created), unreadable or no database.</exception>
    public static SqliteFile Open(string path, SqliteOpenMode mode, string pragmas)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        var file = new SqliteFile(path, connection);
        try
        {
            connection.Open();
            raw.sqlite3_extended_result_codes(file.Handle, 1);
            raw.sqlite3_busy_timeout(file.Handle, BusyMilliseconds);

            // Refuse a cell that does not fit its page when the page is loaded, rather than read past it.
            file.Execute("PRAGMA cell_size_check = ON");
            file.Execute(pragmas);
            return file;
        }
        catch (SqliteException e)
        {
            file.Dispose();
            throw e.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB
                ? SqliteFault.PageDamage(file.Name, e.Message)
                : new StorageException($"{path}: {e.Message}", e);
        }
        catch (StorageException)
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Borrows a prepared statement. Each text, a constant, is prepared once per connection.</summary>
    public Query Query(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            var code = raw.sqlite3_prepare_v2(Handle, sql, out statement);
            if (code != raw.SQLITE_OK)
            {
                // The texts are constants of this assembly and the schema is its own: "no such column" means that the stored schema changed.
                throw (code & 0xFF) == raw.SQLITE_ERROR
                    ? SqliteFault.PageDamage(Name, raw.sqlite3_errmsg(Handle).utf8_to_string())
                    : Fault(code);
            }

            _statements.Add(sql, statement);
        }

        return new Query(this, statement);
    }

    /// <summary>Runs one or more statements without results.</summary>
    public void Execute(string sql)
    {
        var code = raw.sqlite3_exec(Handle, sql);
        if (code != raw.SQLITE_OK)
        {
            throw Fault(code);
        }
    }

    /// <summary>Asks every so many instructions whether to end the statement that runs; one that is ended fails with an interruption.</summary>
    public void Interrupt(int instructions, Func<bool> shouldEnd) => raw.sqlite3_progress_handler(Handle, instructions, _ => shouldEnd() ? 1 : 0, null);

    /// <summary>Whether a transaction is open. SQLite closes one on its own after some faults (full disk, I/O error).</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(Handle) == 0;

    /// <summary>Rows changed by the last statement.</summary>
    public int Changes => raw.sqlite3_changes(Handle);

    /// <summary>Rowid of the last insert.</summary>
    public long LastRowId => raw.sqlite3_last_insert_rowid(Handle);

    /// <summary>The exception for a result code.</summary>
    public StorageException Fault(int code) => SqliteFault.Of(Name, Handle, code);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            raw.sqlite3_finalize(statement);
        }

        _statements.Clear();
        _connection.Dispose();
    }
}
