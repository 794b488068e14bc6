using System.Diagnostics;
using Xunit;

namespace Dems.Conventions.Tests;

/// <summary>Rules that only a build can prove: each test runs the compiler.</summary>
public class BuildRuleTests
{
    [Fact]
    public void BannedSymbols_UsedUnderCoresRules_FailTheBuild()
    {
        using var project = new ProbeProject("""
            public static class Probe
            {
                public static long Now() => System.DateTime.UtcNow.Ticks;
                public static System.Guid Id() => System.Guid.NewGuid();
                public static int Roll() => new System.Random(1).Next();
                public static int Hash() => System.HashCode.Combine(1, 2);
                public static System.Threading.Tasks.Task Later() => System.Threading.Tasks.Task.CompletedTask;
            }
            """);

        var (exitCode, output) = project.Build();

        Assert.NotEqual(0, exitCode);
        foreach (var line in Enumerable.Range(3, 5))
        {
            Assert.Matches($@"Probe\.cs\({line},\d+\): error RS0030", output);
        }
    }

    [Fact]
    public void HarmlessCode_UnderCoresRules_Builds()
    {
        using var project = new ProbeProject("namespace Dems.Probes;\n\n/// <summary>Adds.</summary>\npublic static class Probe\n{\n    /// <summary>The sum.</summary>\n    public static int Add(int a, int b) => a + b;\n}\n");

        var (exitCode, output) = project.Build();

        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public void AspireSwitch_Misspelt_FailsTheBuild()
    {
        var (exitCode, output) = Dotnet("build src/Dems.AppHost -p:DemsAspire=ture -v q", Repository.Root);

        Assert.NotEqual(0, exitCode);
        Assert.Contains("DEMS001", output, StringComparison.Ordinal);
    }

    [Fact]
    public void AppHost_BuiltWithoutAspire_NamesTheRightCommand()
    {
        var appHost = Path.Combine(Repository.Root, "src", "Dems.AppHost");
        Assert.SkipWhen(string.Equals(Environment.GetEnvironmentVariable("DemsAspire"), "true", StringComparison.Ordinal), "the AppHost is built with Aspire here");

        var (exitCode, output) = Dotnet($"run --project {appHost}", Repository.Root);

        Assert.Equal(2, exitCode);
        Assert.Contains("DemsAspire=true dotnet run --project src/Dems.AppHost", output, StringComparison.Ordinal);
    }

    private static (int ExitCode, string Output) Dotnet(string arguments, string folder)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["MSBUILDDISABLENODEREUSE"] = "1", ["DOTNET_CLI_UI_LANGUAGE"] = "en" },
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.GetAwaiter().GetResult());
    }

    /// <summary>A project of one file that is built under the rules of Core.</summary>
    private sealed class ProbeProject : IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("dems-probe-").FullName;

        public ProbeProject(string code)
        {
            foreach (var file in new[] { "Directory.Build.props", "Directory.Packages.props", "global.json", ".editorconfig" })
            {
                File.Copy(Path.Combine(Repository.Root, file), Path.Combine(_folder, file));
            }

            var core = Path.Combine(Repository.Root, "src", "Dems.Core");
            File.Copy(Path.Combine(core, "Dems.Core.csproj"), Path.Combine(_folder, "Probe.csproj"));
            File.Copy(Path.Combine(core, "BannedSymbols.txt"), Path.Combine(_folder, "BannedSymbols.txt"));
            File.WriteAllText(Path.Combine(_folder, "Probe.cs"), code);
        }

        public (int ExitCode, string Output) Build() => Dotnet("build -v q", _folder);

        public void Dispose() => Directory.Delete(_folder, recursive: true);
    }
}
