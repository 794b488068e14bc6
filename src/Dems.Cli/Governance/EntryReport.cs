using Dems.Cli.Output;
using Dems.Contracts.Queries;

namespace Dems.Cli.Governance;

/// <summary>Tells what became of an entry. A refused one makes the command fail.</summary>
internal static class EntryReport
{
    public static int Print(string what, EntryView entry, bool json)
    {
        var outcome = entry.Outcome ?? throw new ArgumentException("The outcome is not known yet.", nameof(entry));
        if (json)
        {
            Reporter.Json(new { id = entry.Content, height = entry.Height, index = entry.Index, status = outcome.Status, cause = outcome.Cause, reason = outcome.Reason });
        }
        else
        {
            new Reporter(json: false).Line($"{what} {entry.Content}: {outcome.Status} in block {entry.Height}. {outcome.Reason}");
        }

        return outcome.Status == "refused" ? ExitCodes.Failed : ExitCodes.Success;
    }
}
