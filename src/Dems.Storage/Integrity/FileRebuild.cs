using System.Globalization;
using Dems.Core.Ledger;
using Dems.Replication.Ports;
using Dems.Storage.Safety;
using Dems.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Dems.Storage.Integrity;

/// <summary>
/// Replaces a file whose structure is damaged: moves it aside, salvages it into a new one, and puts that in its place. Interrupted anywhere, it can be run again:
/// the file that was moved aside is taken up where the database is missing.
/// </summary>
internal static class FileRebuild
{
    private const string AsideSuffix = ".damaged-";
    private const string NewSuffix = ".rebuilding";
    private const string LogSuffix = "-wal";
    private const string SharedSuffix = "-shm";
    private const string SalvagePragmas = "PRAGMA temp_store = MEMORY";

    /// <summary>Whether a rebuild ended after the damaged file was moved aside and before the new one took its place.</summary>
    public static bool WasInterrupted(string database) => !File.Exists(database) && File.Exists(Aside(database, 1));

    /// <summary>Runs it on a closed store.</summary>
    public static RebuildReport Run(ReplicaFiles files, ChainId chain, string createPragmas)
    {
        var aside = File.Exists(files.Database) ? MoveAside(files.Database) : NewestAside(files.Database);
        var rebuilt = files.Database + NewSuffix;
        Delete(rebuilt);
        RebuildReport report;
        using (var sound = SqliteFile.Open(rebuilt, SqliteOpenMode.ReadWriteCreate, createPragmas))
        {
            Schema.Migrate(sound);
            Schema.Claim(sound, chain);
            sound.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
            using var damaged = OpenDamaged(aside, rebuilt);
            var highWater = new HighWaterFile(files.HighWater).Read();
            report = damaged is null
                ? new RebuildReport(aside, 0, 0, 0, SafetyRow: false)
                : new Salvage(damaged, sound, highWater).Run(aside);
        }

        File.Move(rebuilt, files.Database);
        FolderSync.Flush(files.Folder);
        new CommitMark(files.CommitMark).Write(0);
        return report;
    }

    // Page 1 (file header and the list of tables) is the same in every file of one schema version, up to counters that SQLite can do without. If the file
    // cannot be opened by its own page 1, or that lists other tables, the one of the new file serves.
    private static SqliteFile? OpenDamaged(string aside, string model)
    {
        if (TryOpen(aside) is { } opened)
        {
            return opened;
        }

        using (var from = new FileStream(model, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
        using (var to = new FileStream(aside, FileMode.Open, FileAccess.ReadWrite))
        {
            var page = new byte[PageSizeOf(from)];
            from.Position = 0;
            from.ReadExactly(page);

            // Offset 24 is the change counter, 92 the counter for which the size at 28 is valid: unequal, the size is taken from the file's length. 32 and 36 are the free list.
            page.AsSpan(24, 4).Fill(1);
            page.AsSpan(28, 4).Clear();
            page.AsSpan(32, 8).Clear();
            page.AsSpan(92, 4).Clear();
            to.Write(page);
        }

        return TryOpen(aside);
    }

    private static SqliteFile? TryOpen(string path)
    {
        SqliteFile? file = null;
        try
        {
            file = SqliteFile.Open(path, SqliteOpenMode.ReadWrite, SalvagePragmas);
            Schema.CheckTables(file);
            using var probe = file.Query("SELECT (SELECT count(*) FROM (SELECT id FROM body LIMIT 1)) + (SELECT count(*) FROM (SELECT height FROM block LIMIT 1))");
            return file;
        }
        catch (StorageException)
        {
            file?.Dispose();
            return null;
        }
    }

    private static int PageSizeOf(FileStream database)
    {
        Span<byte> header = stackalloc byte[18];
        database.ReadExactly(header);
        var size = System.Buffers.Binary.BinaryPrimitives.ReadUInt16BigEndian(header[16..]);
        return size == 1 ? 65_536 : size;
    }

    private static string MoveAside(string database)
    {
        var number = 1;
        while (File.Exists(Aside(database, number)))
        {
            number++;
        }

        var aside = Aside(database, number);
        if (File.Exists(database + LogSuffix))
        {
            File.Move(database + LogSuffix, aside + LogSuffix, overwrite: true);
        }

        File.Delete(database + SharedSuffix);
        File.Move(database, aside);
        FolderSync.FlushParent(aside);
        return aside;
    }

    private static string NewestAside(string database)
    {
        var number = 0;
        while (File.Exists(Aside(database, number + 1)))
        {
            number++;
        }

        return number > 0 ? Aside(database, number) : throw new StorageException($"{database} is missing, and so is any damaged copy of it: there is nothing to rebuild.");
    }

    private static string Aside(string database, int number) => database + AsideSuffix + number.ToString(CultureInfo.InvariantCulture);

    private static void Delete(string database)
    {
        foreach (var suffix in new[] { "", LogSuffix, SharedSuffix })
        {
            File.Delete(database + suffix);
        }
    }
}
