using System.Net;
using System.Text.Json;

namespace Dems.Cli.Client;

/// <summary>What a member's problem+json means for a command.</summary>
internal static class ProblemReply
{
    /// <summary>The problem's words with the exit code for its status.</summary>
    public static async Task<CommandException> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
        var detail = problem.RootElement.TryGetProperty("detail", out var text) ? text.GetString() : null;
        var exitCode = response.StatusCode switch
        {
            HttpStatusCode.BadRequest => ExitCodes.Usage,
            HttpStatusCode.NotFound or HttpStatusCode.UnprocessableEntity => ExitCodes.Failed,
            _ => ExitCodes.Unavailable,
        };
        return new CommandException(exitCode, detail ?? $"HTTP {(int)response.StatusCode}");
    }
}
