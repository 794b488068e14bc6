namespace Dems.Cli.Flips;

/// <summary>Copies a member's folder as a killed process would leave it: the store may be open, as long as nothing is being written.</summary>
internal static class FolderCopy
{
    public static void Make(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from).Where(IsKept))
        {
            using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var target = File.Create(Path.Combine(to, Path.GetFileName(file)));
            if (!OperatingSystem.IsWindows())
            {
                // A private key stays private.
                File.SetUnixFileMode(target.SafeFileHandle, File.GetUnixFileMode(source.SafeFileHandle));
            }

            source.CopyTo(target);
        }

        foreach (var folder in Directory.EnumerateDirectories(from))
        {
            Make(folder, Path.Combine(to, Path.GetFileName(folder)));
        }
    }

    // Shared memory belongs to processes, and so does the lock.
    private static bool IsKept(string path) =>
        !path.EndsWith("-shm", StringComparison.Ordinal) && !Path.GetFileName(path).StartsWith("lock", StringComparison.Ordinal);
}
