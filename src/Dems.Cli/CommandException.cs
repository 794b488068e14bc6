namespace Dems.Cli;

/// <summary>Ends a command with a message for people and an exit code; never a stack trace.</summary>
internal sealed class CommandException(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
