using Dems.Cli.Network;
using Dems.Grains.Hosting;

namespace Dems.Cli.Chaos;

/// <summary>Names of the losses, and what each does to a folder.</summary>
internal static class FolderLosses
{
    private const int MaxAttempts = 100;

    /// <summary>In the order in which a run tries them.</summary>
    public static IReadOnlyList<FolderLoss> All { get; } = [FolderLoss.Deleted, FolderLoss.Emptied, FolderLoss.RolledBack, FolderLoss.FoundedAgain];

    public static string NameOf(FolderLoss loss) => loss switch
    {
        FolderLoss.Deleted => "folder-deleted",
        FolderLoss.Emptied => "empty-folder-old-key",
        FolderLoss.RolledBack => "older-copy",
        FolderLoss.FoundedAgain => "founded-again-old-key",
        _ => throw new ArgumentOutOfRangeException(nameof(loss), loss, message: null),
    };

    /// <summary>Copies a folder. The member must not run.</summary>
    public static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (var folder in Directory.EnumerateDirectories(from))
        {
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
        }
    }

    /// <summary>Deletes a folder in which a process may be at work: what it creates meanwhile is deleted too.</summary>
    public static void DeleteUnderfoot(string folder)
    {
        for (var attempt = 1; Directory.Exists(folder); attempt++)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException && attempt < MaxAttempts)
            {
                // Something was created in it, or vanished from it, in between.
            }
        }
    }

    /// <summary>What a member's operator keeps elsewhere, so that it survives the folder. A folder that was emptied before has no configuration left to keep.</summary>
    public static IReadOnlyDictionary<string, byte[]> Keepsakes(string folder, bool withConfiguration)
    {
        string[] names = withConfiguration
            ? [MemberFolder.ValidatorKeyName, MemberFolder.GenesisName, MemberConfiguration.FileName]
            : [MemberFolder.ValidatorKeyName, MemberFolder.GenesisName];
        return names.Where(name => File.Exists(Path.Combine(folder, name)))
            .ToDictionary(name => name, name => File.ReadAllBytes(Path.Combine(folder, name)), StringComparer.Ordinal);
    }

    /// <summary>Makes a folder anew with nothing but what was kept.</summary>
    public static void Refill(string folder, IReadOnlyDictionary<string, byte[]> keepsakes)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, bytes) in keepsakes)
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var file = new FileStream(Path.Combine(folder, name), options);
            file.Write(bytes);
        }
    }
}
