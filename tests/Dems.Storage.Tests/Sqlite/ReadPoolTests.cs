using Dems.Replication.Ports;
using Dems.Storage.Sqlite;
using Dems.Storage.Tests.Fixtures;
using Microsoft.Data.Sqlite;

namespace Dems.Storage.Tests.Sqlite;

public sealed class ReadPoolTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ReadPool _pool;

    public ReadPoolTests()
    {
        Create("old");
        _pool = new ReadPool(() => SqliteFile.Open(Path, SqliteOpenMode.ReadOnly, ""));
    }

    private string Path => _folder.File("test.db");

    public void Dispose()
    {
        _pool.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Exclusively_FileReplaced_IsSeenByTheNextRead()
    {
        Assert.Equal("old", _pool.Read(Name));

        _pool.Exclusively(() =>
        {
            File.Delete(Path);
            Create("new");
            return true;
        });

        Assert.Equal("new", _pool.Read(Name));
    }

    [Fact]
    public void Exclusively_WhileItRuns_ReadsFailInsteadOfWaiting()
    {
        Exception? failure = null;
        _pool.Exclusively(() =>
        {
            var reader = new Thread(() => failure = Record.Exception(() => _pool.Read(Name)));
            reader.Start();
            reader.Join();
            return true;
        });

        Assert.IsType<StorageException>(failure);
        Assert.Equal("old", _pool.Read(Name));
    }

    [Fact]
    public void Exclusively_WaitsForTheReadsThatRun()
    {
        using var reading = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        var order = new List<string>();
        var reader = new Thread(() => _pool.Read(file =>
        {
            reading.Set();
            goOn.Wait();
            order.Add("read");
            return Name(file);
        }));
        reader.Start();
        reading.Wait();
        var replacer = new Thread(() => _pool.Exclusively(() =>
        {
            order.Add("replaced");
            return true;
        }));
        replacer.Start();

        // A read that fails at once shows that the replacer waits.
        SpinWait.SpinUntil(() => Record.Exception(() => _pool.Read(Name)) is StorageException);
        goOn.Set();
        reader.Join();
        replacer.Join();

        Assert.Equal(["read", "replaced"], order);
    }

    private static string Name(SqliteFile file)
    {
        using var select = file.Query("SELECT name FROM t");
        Assert.True(select.Step());
        return select.Text(0);
    }

    private void Create(string name)
    {
        using var file = SqliteFile.Open(Path, SqliteOpenMode.ReadWriteCreate, "CREATE TABLE t (name TEXT)");
        file.Execute($"INSERT INTO t VALUES ('{name}')");
    }
}
