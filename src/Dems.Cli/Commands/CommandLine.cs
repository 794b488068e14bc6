using System.CommandLine;
using System.CommandLine.Parsing;
using Dems.Replication.Ports;

namespace Dems.Cli.Commands;

/// <summary>What the commands share.</summary>
internal static class CommandLine
{
    /// <summary>Refuses values outside [min, max].</summary>
    public static Action<OptionResult> InRange(Option<int> option, int min, int max) => result =>
    {
        var value = result.GetValueOrDefault<int>();
        if (value < min || value > max)
        {
            result.AddError($"{option.Name} must lie between {min} and {max}, not {value}.");
        }
    };

    /// <summary>Runs a command; foreseeable failures become one line on standard error and an exit code.</summary>
    public static async Task<int> GuardAsync(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (CommandException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return e.ExitCode;
        }
        catch (Exception e) when (e is StorageException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCodes.Usage;
        }
        catch (Ingest.Importing.ImportStoppedException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCodes.Unavailable;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped.");
            return ExitCodes.Unavailable;
        }
    }
}
