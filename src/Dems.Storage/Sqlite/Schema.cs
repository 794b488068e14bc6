using Dems.Core.Ledger;
using Dems.Replication.Ports;
using Dems.Storage.Integrity;
using Microsoft.Data.Sqlite;

namespace Dems.Storage.Sqlite;

/// <summary>
/// Tables of a replica's file and their migrations. Bodies are written once: ordering them inserts narrow rows into <c>entry</c> and leaves <c>body</c>
/// alone. Hashes are indexed by their first 8 bytes, which keeps the indexes a third as large; a lookup compares the whole hash.
/// </summary>
internal static class Schema
{
    private static readonly string[] Migrations =
    [
        """
        CREATE TABLE store (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            chain BLOB NOT NULL,
            commits INTEGER NOT NULL,
            digest INTEGER NOT NULL);

        CREATE TABLE body (
            id INTEGER PRIMARY KEY,
            leaf BLOB NOT NULL,
            content BLOB NOT NULL,
            signer BLOB NOT NULL,
            sequence INTEGER NOT NULL,
            digest INTEGER NOT NULL,
            bytes BLOB NOT NULL);
        CREATE INDEX body_leaf ON body (substr(leaf, 1, 8));
        CREATE INDEX body_content ON body (substr(content, 1, 8));
        CREATE INDEX body_sequence ON body (substr(signer, 1, 8), sequence);

        CREATE TABLE pending (
            body INTEGER PRIMARY KEY,
            received INTEGER NOT NULL,
            local INTEGER NOT NULL,
            digest INTEGER NOT NULL);

        CREATE TABLE block (
            height INTEGER PRIMARY KEY,
            digest INTEGER NOT NULL,
            certificate_digest INTEGER NOT NULL,
            hash BLOB NOT NULL,
            tree_size INTEGER NOT NULL,
            certificate BLOB NOT NULL,
            bytes BLOB NOT NULL);
        CREATE INDEX block_tree_size ON block (tree_size);

        CREATE TABLE entry (
            position INTEGER PRIMARY KEY,
            body INTEGER NOT NULL,
            height INTEGER NOT NULL,
            digest INTEGER NOT NULL);
        CREATE INDEX entry_body ON entry (body);

        CREATE TABLE tile (
            level INTEGER NOT NULL,
            position INTEGER NOT NULL,
            digest INTEGER NOT NULL,
            bytes BLOB NOT NULL,
            PRIMARY KEY (level, position)) WITHOUT ROWID;

        CREATE TABLE safety (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            version INTEGER NOT NULL,
            epoch INTEGER NOT NULL,
            height INTEGER NOT NULL,
            round INTEGER NOT NULL,
            step INTEGER NOT NULL,
            digest INTEGER NOT NULL,
            state BLOB NOT NULL);
        """,
        """
        CREATE TABLE gap (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            first INTEGER NOT NULL,
            last INTEGER NOT NULL,
            digest INTEGER NOT NULL);
        """,
    ];

    private const string SelectTables = "SELECT type || ' ' || name || ' ' || tbl_name || ' ' || coalesce(sql, '') FROM sqlite_schema ORDER BY rowid";

    private static readonly Lazy<List<string>> Expected = new(ReadTablesOfANewFile);

    private const string SelectVersion = "SELECT version, digest FROM schema_version WHERE id = 1";

    /// <summary>The version that this assembly writes.</summary>
    public static int Newest => Migrations.Length;

    /// <summary>Brings a file to the newest version; running it again changes nothing.</summary>
    /// <exception cref="StorageException">The file is of a newer version.</exception>
    public static void Migrate(SqliteFile file)
    {
        file.Execute("BEGIN IMMEDIATE");
        file.Execute("CREATE TABLE IF NOT EXISTS schema_version (id INTEGER PRIMARY KEY CHECK (id = 1), version INTEGER NOT NULL, digest INTEGER NOT NULL)");
        var version = ReadVersion(file);
        for (var next = version; next < Migrations.Length; next++)
        {
            file.Execute(Migrations[next]);
        }

        if (version < Migrations.Length)
        {
            using var write = file.Query("INSERT OR REPLACE INTO schema_version (id, version, digest) VALUES (1, ?1, ?2)");
            write.Bind(1, Migrations.Length).Bind(2, DigestOfVersion(Migrations.Length)).Run();
        }

        file.Execute("COMMIT");
    }

    /// <summary>
    /// Checks that the file's own list of tables is what the migrations write. No digest covers it, SQLite takes a changed name for a valid one, and a query that meets it
    /// fails for good however sound the rows are.
    /// </summary>
    /// <exception cref="DamageException">It is not.</exception>
    public static void CheckTables(SqliteFile file)
    {
        if (!ReadTables(file).SequenceEqual(Expected.Value, StringComparer.Ordinal))
        {
            throw SqliteFault.PageDamage(file.Name, "the list of tables is not what was written");
        }
    }

    /// <summary>Writes the row that says which chain the file belongs to.</summary>
    public static void Claim(SqliteFile file, ChainId chain)
    {
        using var write = file.Query("INSERT INTO store (id, chain, commits, digest) VALUES (1, ?1, 0, ?2)");
        write.Bind(1, chain.Value).Bind(2, DigestOfStore(chain, 0)).Run();
    }

    /// <summary>Chain and number of commits of the file.</summary>
    /// <exception cref="DamageException">The row is missing or damaged.</exception>
    public static (ChainId Chain, long Commits) ReadStore(SqliteFile file)
    {
        using var read = file.Query("SELECT chain, commits, digest FROM store WHERE id = 1");
        if (!read.Step())
        {
            throw new DamageException(new Damage(file.Name, "store", null, "row 1", "missing"));
        }

        var store = (Chain: new ChainId(read.Hash(0)), Commits: read.Integer(1));
        return read.Integer(2) == DigestOfStore(store.Chain, store.Commits)
            ? store
            : throw new DamageException(new Damage(file.Name, "store", null, "row 1", "does not match its digest"));
    }

    /// <summary>Writes the number of commits, inside the commit that it counts.</summary>
    public static void WriteCommits(SqliteFile file, ChainId chain, long commits)
    {
        using var write = file.Query("UPDATE store SET commits = ?1, digest = ?2 WHERE id = 1");
        write.Bind(1, commits).Bind(2, DigestOfStore(chain, commits)).Run();
    }

    /// <summary>Digest of the row that holds the version.</summary>
    public static long DigestOfVersion(long version) => new RowDigest('v', stackalloc byte[RowDigest.ScratchSize]).Add(version).Finish();

    private static List<string> ReadTables(SqliteFile file)
    {
        var tables = new List<string>();
        using var read = file.Query(SelectTables);
        while (read.Step())
        {
            tables.Add(read.Text(0));
        }

        return tables;
    }

    private static List<string> ReadTablesOfANewFile()
    {
        using var file = SqliteFile.Open("tables", SqliteOpenMode.Memory, pragmas: "");
        Migrate(file);
        return ReadTables(file);
    }

    private static int ReadVersion(SqliteFile file)
    {
        using var read = file.Query(SelectVersion);
        if (!read.Step())
        {
            return 0;
        }

        var version = read.Integer(0);
        if (read.Integer(1) != DigestOfVersion(version))
        {
            throw new DamageException(new Damage(file.Name, "schema version", null, "row 1", "does not match its digest"));
        }

        return version <= Migrations.Length
            ? (int)version
            : throw new StorageException($"{file.Path} has schema version {version}; this program knows up to {Migrations.Length}.");
    }

    private static long DigestOfStore(ChainId chain, long commits) =>
        new RowDigest('c', stackalloc byte[RowDigest.ScratchSize]).Add(chain.Value).Add(commits).Finish();
}
