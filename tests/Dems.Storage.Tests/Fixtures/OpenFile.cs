using System.Runtime.InteropServices;

namespace Dems.Storage.Tests.Fixtures;

/// <summary>Spoils a file that SQLite has open in this process: its descriptors are replaced, so that real system calls fail under the real code.</summary>
internal static partial class OpenFile
{
    private const int ReadOnly = 0;

    /// <summary>Every further write to the file fails (EBADF); reads go on.</summary>
    public static void TurnReadOnly(string path)
    {
        var replaced = 0;
        foreach (var link in Directory.EnumerateFiles("/proc/self/fd"))
        {
            if (TargetOf(link) == path)
            {
                var readOnly = Open(path, ReadOnly);
                _ = Duplicate(readOnly, int.Parse(Path.GetFileName(link), System.Globalization.CultureInfo.InvariantCulture));
                _ = Close(readOnly);
                replaced++;
            }
        }

        Assert.True(replaced > 0, $"{path} is not open");
    }

    // Tests run side by side: what another one has closed since the listing is of no interest.
    private static string? TargetOf(string link)
    {
        try
        {
            return File.ResolveLinkTarget(link, returnFinalTarget: false)?.FullName;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    private static partial int Duplicate(int from, int to);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
