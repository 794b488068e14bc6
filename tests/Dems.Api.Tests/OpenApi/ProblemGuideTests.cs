using System.Reflection;
using System.Text.RegularExpressions;
using Dems.ServiceDefaults.Http;
using Xunit;

namespace Dems.Api.Tests.OpenApi;

/// <summary>docs/api.md names every problem with its status, and none that does not exist.</summary>
public partial class ProblemGuideTests
{
    [Fact]
    public void Guide_ProblemTypes_AreThoseOfTheOnePage()
    {
        var problems = typeof(Problems).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Select(method => (Problem)method.Invoke(null, [.. method.GetParameters().Select(Sample)])!)
            .Select(problem => $"{problem.Value.Type![Problems.TypePrefix.Length..]} {problem.StatusCode}")
            .Order(StringComparer.Ordinal);

        var guide = File.ReadAllText(Path.Combine(Repository.Root, "docs", "api.md"));
        var documented = Row().Matches(guide).Select(row => $"{row.Groups["name"].Value} {row.Groups["status"].Value}").Order(StringComparer.Ordinal);

        Assert.Equal(problems, documented, StringComparer.Ordinal);
    }

    private static object Sample(ParameterInfo parameter) => parameter.ParameterType switch
    {
        var t when t == typeof(string) => "x",
        var t when t == typeof(long) => 1L,
        var t when t == typeof(int) => parameter.Name == "status" ? 400 : 1,
        _ => Array.Empty<string>(),
    };

    [GeneratedRegex(@"^\| `(?<name>[a-z-]+)` \| (?<status>\d{3}) \|", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Row();
}
