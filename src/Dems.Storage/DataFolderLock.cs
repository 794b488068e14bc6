using System.Globalization;
using Dems.Replication.Ports;

namespace Dems.Storage;

/// <summary>
/// Exclusive use of a data folder by one process, for as long as it is not disposed. The operating system drops the lock with the process, however it
/// ends; the process id in the file only serves the message.
/// </summary>
public sealed class DataFolderLock : IDisposable
{
    private const string FileName = "lock";
    private const string HolderName = "lock.pid";

    private readonly FileStream _file;

    private DataFolderLock(string folder, FileStream file)
    {
        Folder = folder;
        _file = file;
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>Takes the folder, creating it if need be.</summary>
    /// <exception cref="StorageException">Another process holds it; the message names it.</exception>
    public static DataFolderLock Acquire(string folder)
    {
        Directory.CreateDirectory(folder);
        try
        {
            var file = new FileStream(Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(Path.Combine(folder, HolderName), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new DataFolderLock(folder, file);
        }
        catch (IOException e)
        {
            throw new StorageException($"The data folder {folder} is in use by process {ReadHolder(folder)}. Stop it, or choose another folder.", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static string ReadHolder(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, HolderName)).Trim();
        }
        catch (IOException)
        {
            return "unknown";
        }
    }
}
