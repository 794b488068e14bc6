using Dems.Storage.Sqlite;

namespace Dems.Storage.Projections;

/// <summary>Tables of the readings' projection. There are no migrations: a file of another version is deleted and built anew from the chain.</summary>
internal static class ReadingSchema
{
    /// <summary>Raised with every change of the tables or of what is written into them.</summary>
    private const int Version = 5;

    private static readonly string Tables =
        $"""
        CREATE TABLE applied (id INTEGER PRIMARY KEY CHECK (id = 1), height INTEGER NOT NULL, results INTEGER NOT NULL, digest INTEGER NOT NULL);
        INSERT INTO applied (id, height, results, digest) VALUES (1, 0, 0, {ReadingDigests.OfApplied(0, 0)});
        CREATE TABLE node (
            id INTEGER PRIMARY KEY,
            address BLOB NOT NULL UNIQUE,
            readings INTEGER NOT NULL,
            first_start INTEGER NOT NULL,
            last_end INTEGER NOT NULL,
            digest INTEGER NOT NULL);
        CREATE TABLE page (
            node INTEGER NOT NULL,
            day INTEGER NOT NULL,
            register INTEGER NOT NULL,
            readings BLOB NOT NULL,
            digest INTEGER NOT NULL,
            PRIMARY KEY (node, day, register)) WITHOUT ROWID;
        CREATE TABLE result (
            height INTEGER PRIMARY KEY,
            first_index INTEGER NOT NULL,
            seed BLOB NOT NULL,
            digest INTEGER NOT NULL,
            rows BLOB NOT NULL);
        PRAGMA user_version = {Version};
        """;

    /// <summary>Creates the tables in an empty file; false if the file is of another version.</summary>
    public static bool TryPrepare(SqliteFile file)
    {
        var version = ReadVersion(file);
        if (version == 0)
        {
            file.Execute($"BEGIN IMMEDIATE; {Tables} COMMIT");
        }

        return version is 0 or Version;
    }

    private static long ReadVersion(SqliteFile file)
    {
        using var read = file.Query("PRAGMA user_version");
        return read.Step() ? read.Integer(0) : 0;
    }
}
