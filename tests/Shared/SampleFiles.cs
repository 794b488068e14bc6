namespace Dems.Tests;

/// <summary>The real files, which lie beside the repository and not in it.</summary>
internal static class SampleFiles
{
    /// <summary>A file or folder of the samples; the test is skipped when it is not there.</summary>
    public static string Path(params string[] parts)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(System.IO.Path.Combine(root.FullName, "Dems.sln")))
        {
            root = root.Parent;
        }

        for (var folder = root?.Parent; folder is not null; folder = folder.Parent)
        {
            var path = System.IO.Path.Combine([folder.FullName, "shared", "data", .. parts]);
            if (System.IO.Path.Exists(path))
            {
                return path;
            }
        }

        Xunit.Assert.Skip($"shared/data/{string.Join('/', parts)} not present beside the repository");
        return "";
    }
}
