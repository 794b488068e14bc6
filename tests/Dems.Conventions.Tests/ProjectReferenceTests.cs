using System.Xml.Linq;
using Xunit;

namespace Dems.Conventions.Tests;

/// <summary>The arrows between projects, as docs/architecture.md draws them.</summary>
public class ProjectReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Dems.Core"] = [],
        ["Dems.ServiceDefaults"] = [],
        ["Dems.Replication"] = ["Dems.Core"],
        ["Dems.Formats"] = ["Dems.Core"],
        ["Dems.Contracts"] = ["Dems.Core"],
        ["Dems.Storage"] = ["Dems.Core", "Dems.Replication"],
        ["Dems.Simulation"] = ["Dems.Core", "Dems.Replication"],
        ["Dems.Ingest"] = ["Dems.Contracts", "Dems.Core", "Dems.Formats", "Dems.ServiceDefaults"],
        ["Dems.Api"] = ["Dems.Contracts", "Dems.Core", "Dems.ServiceDefaults"],
        ["Dems.Grains"] = ["Dems.Contracts", "Dems.Core", "Dems.Replication", "Dems.ServiceDefaults", "Dems.Storage"],
    };

    private static readonly string[] Hosts = ["Dems.Cli", "Dems.AppHost"];

    [Fact]
    public void EveryProject_IsKnownHere()
    {
        var projects = Directory.GetDirectories(Path.Combine(Repository.Root, "src")).Select(Path.GetFileName).Order(StringComparer.Ordinal);

        Assert.Equal(Allowed.Keys.Concat(Hosts).Order(StringComparer.Ordinal), projects);
    }

    [Fact]
    public void References_OtherThanDrawn_DoNotExist()
    {
        var undrawn = Allowed.SelectMany(project => ReferencesOf(project.Key).Except(project.Value, StringComparer.Ordinal).Select(r => $"{project.Key} -> {r}"));

        Assert.Empty(undrawn);
    }

    [Fact]
    public void Core_ReferencesOnlyThePackagesOfTheLedgerFormats()
    {
        var document = XDocument.Load(ProjectFile("Dems.Core"));

        // Analyzers do not reach the output.
        var packages = document.Descendants("PackageReference")
            .Where(p => !string.Equals((string?)p.Attribute("PrivateAssets"), "all", StringComparison.Ordinal))
            .Select(p => (string?)p.Attribute("Include"));

        Assert.Subset(new HashSet<string?>(StringComparer.Ordinal) { "System.Formats.Cbor", "System.Security.Cryptography.Cose" }, packages.ToHashSet(StringComparer.Ordinal));
    }

    private static string ProjectFile(string project) => Path.Combine(Repository.Root, "src", project, project + ".csproj");

    private static IEnumerable<string> ReferencesOf(string project) => XDocument.Load(ProjectFile(project))
        .Descendants("ProjectReference")
        .Select(r => Path.GetFileNameWithoutExtension(((string)r.Attribute("Include")!).Replace('\\', '/')));
}
