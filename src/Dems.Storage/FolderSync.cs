using System.Runtime.InteropServices;

namespace Dems.Storage;

/// <summary>
/// Makes the names in a folder durable. Syncing a file keeps its bytes; that it exists, or bears its new name, stands in the folder, which Unix syncs by itself only when it
/// likes. Windows journals names and has no such call.
/// </summary>
public static partial class FolderSync
{
    private const int ReadOnly = 0;
    private const int Failed = -1;

    /// <summary>Returns when every file that was created, renamed or deleted in the folder is so on the disk.</summary>
    /// <exception cref="IOException">The folder cannot be opened or synced.</exception>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = Open(folder, ReadOnly);
        if (descriptor == Failed)
        {
            throw Fault(folder);
        }

        try
        {
            if (Fsync(descriptor) == Failed)
            {
                throw Fault(folder);
            }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    /// <summary>The same for the folder that holds a file.</summary>
    public static void FlushParent(string file) => Flush(Path.GetDirectoryName(Path.GetFullPath(file))!);

    private static IOException Fault(string folder) => new($"{folder}: {Marshal.GetLastPInvokeErrorMessage()}");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
