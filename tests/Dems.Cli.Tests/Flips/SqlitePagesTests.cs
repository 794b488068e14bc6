using Dems.Cli.Flips;
using Dems.Cli.Tests.Fixtures;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Dems.Cli.Tests.Flips;

/// <summary>Blobs with bytes that occur nowhere else tell where the rows of a file really lie.</summary>
public sealed class SqlitePagesTests
{
    [Theory]
    [InlineData(40, 600)]
    [InlineData(300, 200)]
    [InlineData(3, 20_000)]
    public void Paint_RowsOfManySizes_NamesEachByteOfTheirBlobs(int rows, int size)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "some.db");
        Execute(path, $"""
            PRAGMA page_size = 4096;
            CREATE TABLE block (height INTEGER PRIMARY KEY, digest INTEGER, certificate_digest INTEGER, hash BLOB, tree_size INTEGER, certificate BLOB, bytes BLOB);
            CREATE TABLE body (id INTEGER PRIMARY KEY, bytes BLOB);
            CREATE TABLE tile (level INTEGER, position INTEGER, bytes BLOB, PRIMARY KEY (level, position)) WITHOUT ROWID;
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows})
            INSERT INTO block SELECT i, 1, 1, x'', 1, CAST(replace(hex(zeroblob({size})), '00', '!') AS BLOB), CAST(replace(hex(zeroblob({size})), '00', '~') AS BLOB) FROM n;
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows})
            INSERT INTO body SELECT i, CAST(replace(hex(zeroblob({size})), '00', '^') AS BLOB) FROM n;
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows})
            INSERT INTO tile SELECT 0, i, CAST(replace(hex(zeroblob({size})), '00', '`') AS BLOB) FROM n;
            """);

        var file = File.ReadAllBytes(path);
        var kinds = SqlitePages.Paint(file);

        Assert.Equal(file.Length, kinds.Length);
        Dictionary<char, StoredKind> marks = new() { ['!'] = StoredKind.Certificate, ['~'] = StoredKind.Block, ['^'] = StoredKind.Entry, ['`'] = StoredKind.Tile };
        foreach (var (mark, kind) in marks)
        {
            // A key or a length may look like a mark, and moved rows leave their old bytes behind in free space; of the blobs' own bytes none is missed.
            var places = Enumerable.Range(0, file.Length).Count(place => file[place] == mark && kinds[place] == kind);
            Assert.InRange(places, rows * size, rows * size + rows);
            var others = Enumerable.Range(0, file.Length).Count(place => file[place] == mark && kinds[place] != kind && kinds[place] != StoredKind.Free);
            Assert.InRange(others, 0, rows);
        }
    }

    [Fact]
    public void Paint_DeletedRows_AreFree()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "some.db");
        Execute(path, "CREATE TABLE body (id INTEGER PRIMARY KEY, bytes BLOB); INSERT INTO body VALUES (1, zeroblob(100000)); DELETE FROM body");

        var kinds = SqlitePages.Paint(File.ReadAllBytes(path));

        Assert.DoesNotContain(StoredKind.Entry, kinds);
        Assert.True(kinds.Count(kind => kind == StoredKind.Free) > 90_000);
    }

    private static void Execute(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
