using Dems.Replication.Ports;

namespace Dems.Storage.Tests.Fixtures;

/// <summary>A store in SQLite, in a temporary folder.</summary>
internal sealed class SqliteHarness : StoreHarness
{
    private readonly TemporaryFolder _root = new();
    private int _life;

    private SqliteHarness()
    {
        Files = FilesOf(_life);
        Database = null!;
    }

    public ReplicaFiles Files { get; private set; }

    public ReplicaDatabase Database { get; private set; }

    public override IChainStore Chain => Database.Chain;

    public override IMempoolStore Mempool => Database.Mempool;

    public override ISafetyStore Safety => Database.Safety;

    public override ISnapshotStore Snapshots => Database.Snapshots;

    public static async Task<SqliteHarness> CreateAsync()
    {
        var harness = new SqliteHarness();
        await ReplicaDatabase.CreateAsync(harness.Files, TestChain.Id, default);
        harness.Database = await ReplicaDatabase.OpenAsync(harness.Files, TestChain.Id, default);
        return harness;
    }

    public override async Task RestartAsync()
    {
        await Database.DisposeAsync();
        Database = await ReplicaDatabase.OpenAsync(Files, TestChain.Id, default);
    }

    /// <summary>The files of an open store, as a killed process leaves them, copied to a folder of their own.</summary>
    public ReplicaFiles CopyAsKilled()
    {
        var copy = FilesOf(++_life);
        CopyFolder(Files.Folder, copy.Folder);
        return copy;
    }

    public override async Task KillAsync()
    {
        var copy = CopyAsKilled();
        await Database.DisposeAsync();
        Files = copy;
        Database = await ReplicaDatabase.OpenAsync(Files, TestChain.Id, default);
    }

    public override Task FillDiskAsync() => Database.LimitPagesAsync(1);

    public override Task FreeDiskAsync() => Database.LimitPagesAsync(int.MaxValue);

    public override void BreakDisk()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Descriptors of this process are found below /proc.");
        OpenFile.TurnReadOnly($"{Files.Database}-wal");
    }

    public override async Task KillBeforeHighWaterAsync(SafetyRow row, long expectedVersion)
    {
        var mark = File.ReadAllBytes(Files.HighWater);
        await Safety.WriteAsync(row, expectedVersion, default);
        File.WriteAllBytes(Files.HighWater, mark);
        await KillAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        _root.Dispose();
    }

    private ReplicaFiles FilesOf(int life) => new(Path.Combine(_root.Path, $"life-{life}"), "pool");

    public static void CopyFolder(string from, string to, bool recursive = true)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from).Where(path => !path.EndsWith("-shm", StringComparison.Ordinal)))
        {
            using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var target = File.Create(Path.Combine(to, Path.GetFileName(file)));
            source.CopyTo(target);
        }

        foreach (var folder in recursive ? Directory.EnumerateDirectories(from) : [])
        {
            CopyFolder(folder, Path.Combine(to, Path.GetFileName(folder)));
        }
    }
}
