using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Dems.Core;
using Xunit;

namespace Dems.Conventions.Tests;

/// <summary>What the compiled Core refers to: rules only, no outside world.</summary>
public class CoreAssemblyTests
{
    private static readonly string[] ForbiddenAssemblies = ["Orleans", "Microsoft.AspNetCore", "Npgsql", "Microsoft.Data", "Microsoft.Extensions", "System.Net", "System.Threading.Tasks"];

    private static readonly string[] ForbiddenTypes =
    [
        "System.IO.File", "System.IO.FileStream", "System.IO.FileInfo", "System.IO.Directory", "System.IO.DirectoryInfo", "System.Console",
        "System.Random", "System.Threading.Thread", "System.Threading.Timer", "System.Threading.Tasks.Task", "System.Threading.Tasks.ValueTask",
        "System.Security.Cryptography.RandomNumberGenerator", "System.Double", "System.Single", "System.Half", "System.Diagnostics.Stopwatch",
    ];

    [Fact]
    public void Core_AssemblyReferences_AreOnlyOfTheRuntimeAndTheFormats()
    {
        var references = typeof(Hash32).Assembly.GetReferencedAssemblies().Select(a => a.Name!);

        Assert.DoesNotContain(references, name => ForbiddenAssemblies.Any(f => name.StartsWith(f, StringComparison.Ordinal)));
    }

    [Fact]
    public void Core_TypeReferences_NameNothingOfTheOutsideWorld()
    {
        var references = TypeReferences();

        Assert.NotEmpty(references);
        Assert.Empty(references.Intersect(ForbiddenTypes, StringComparer.Ordinal));
    }

    private static HashSet<string> TypeReferences()
    {
        using var stream = File.OpenRead(typeof(Hash32).Assembly.Location);
        using var image = new PEReader(stream);
        var metadata = image.GetMetadataReader();
        return metadata.TypeReferences
            .Select(metadata.GetTypeReference)
            .Select(t => $"{metadata.GetString(t.Namespace)}.{metadata.GetString(t.Name)}")
            .ToHashSet(StringComparer.Ordinal);
    }
}
