using Dems.Core;
using SQLitePCL;

namespace Dems.Storage.Sqlite;

/// <summary>
/// One use of a prepared statement: bind, step, read columns; disposing resets it, which also ends its read snapshot. Works on SQLite's own statement
/// because Microsoft.Data.Sqlite boxes every parameter and copies every blob, which costs more than the insert itself.
/// </summary>
internal readonly ref struct Query(SqliteFile connection, sqlite3_stmt statement)
{
    /// <summary>Binds an integer; parameters count from 1.</summary>
    public Query Bind(int parameter, long value)
    {
        Check(raw.sqlite3_bind_int64(statement, parameter, value));
        return this;
    }

    /// <summary>Binds bytes.</summary>
    public Query Bind(int parameter, scoped ReadOnlySpan<byte> value)
    {
        Check(value.IsEmpty ? raw.sqlite3_bind_zeroblob(statement, parameter, 0) : raw.sqlite3_bind_blob(statement, parameter, value));
        return this;
    }

    /// <summary>Binds the 32 bytes of a hash.</summary>
    public Query Bind(int parameter, Hash32 value)
    {
        Span<byte> bytes = stackalloc byte[Hash32.Size];
        value.CopyTo(bytes);
        return Bind(parameter, bytes);
    }

    /// <summary>Binds the first 8 bytes of a hash, by which the indexes are kept short.</summary>
    public Query BindPrefix(int parameter, Hash32 value)
    {
        Span<byte> bytes = stackalloc byte[Hash32.Size];
        value.CopyTo(bytes);
        return Bind(parameter, bytes[..8]);
    }

    /// <summary>Moves to the next row; false at the end.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(statement);
        return code switch
        {
            raw.SQLITE_ROW => true,
            raw.SQLITE_DONE => false,
            _ => throw connection.Fault(code),
        };
    }

    /// <summary>Runs a statement that returns no rows and makes it ready for the next binding.</summary>
    public void Run()
    {
        var code = raw.sqlite3_step(statement);
        if (code is not (raw.SQLITE_DONE or raw.SQLITE_ROW))
        {
            throw connection.Fault(code);
        }

        raw.sqlite3_reset(statement);
    }

    /// <summary>Makes the statement ready for the next binding.</summary>
    public void Reset() => raw.sqlite3_reset(statement);

    /// <summary>A column as an integer; columns count from 0. A damaged row may hold anything: the row's digest decides.</summary>
    public long Integer(int column) => raw.sqlite3_column_int64(statement, column);

    /// <summary>A column as an integer, null if it is NULL.</summary>
    public long? IntegerOrNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL ? null : Integer(column);

    /// <summary>A column's bytes, valid until the next step.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(statement, column);

    /// <summary>A column as a hash; zero if it does not have 32 bytes, which no digest confirms.</summary>
    public Hash32 Hash(int column)
    {
        var bytes = Blob(column);
        return bytes.Length == Hash32.Size ? new Hash32(bytes) : default;
    }

    /// <summary>A column as text.</summary>
    public string Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string() ?? "";

    /// <summary>Resets the statement. Its fault, if any, was already thrown by <see cref="Step"/>.</summary>
    public void Dispose()
    {
        raw.sqlite3_reset(statement);
        raw.sqlite3_clear_bindings(statement);
    }

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw connection.Fault(code);
        }
    }
}
