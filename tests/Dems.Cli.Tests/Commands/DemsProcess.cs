using System.Diagnostics;
using System.Text.Json;

namespace Dems.Cli.Tests.Commands;

/// <summary>Runs the real command line in a process of its own, as a user would.</summary>
internal static class DemsProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    public static async Task<Outcome> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var deadline = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException e)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"dems {string.Join(' ', arguments)} did not end. {await output} {await error}", e);
        }

        return new Outcome(process.ExitCode, await output, await error);
    }

    public static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "dems.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
    }

    /// <summary>What a run left behind.</summary>
    public sealed record Outcome(int ExitCode, string Output, string Error)
    {
        public JsonElement LastLine => JsonDocument.Parse(Output.TrimEnd().Split('\n')[^1]).RootElement;

        public override string ToString() => $"exit {ExitCode}\n{Output}\n{Error}";
    }
}
