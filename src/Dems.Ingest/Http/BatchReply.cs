using Dems.ServiceDefaults.Http;
using Microsoft.AspNetCore.Http;

namespace Dems.Ingest.Http;

/// <summary>From the answers of the entries to the answer of the request: the status is that of the entry that most needs its sender.</summary>
internal static class BatchReply
{
    private const string KeptText = " Entries marked as kept need no sending again.";

    /// <summary>200 if all are final, 202 if all are taken, otherwise the problem with all answers in it.</summary>
    public static IResult Of(IReadOnlyList<EntryAnswer> answers, Durability wait, int maxEntryBytes)
    {
        // By declaration, what needs its sender most comes last.
        var worst = answers.MaxBy(answer => answer.Outcome)!;
        if (ProblemOf(worst, answers.Count, maxEntryBytes) is { } problem)
        {
            problem.With("entry", worst.Entry).With("entries", answers);
            return worst.Outcome == Standing.SequenceTaken
                ? problem.With("content", worst.Content).With("heldContent", worst.HeldContent)
                : worst.Field is null ? problem : problem.With("field", worst.Field).With("reason", worst.Reason);
        }

        var durability = answers.Min(answer => DurabilityOf(answer.Outcome));
        var body = new BatchAnswer(durability, answers) { Note = NoteOf(durability, wait) };
        return durability == Durability.Final ? TypedResults.Ok(body) : TypedResults.Accepted((string?)null, body);
    }

    private static Durability DurabilityOf(Standing standing) => standing switch
    {
        Standing.Final => Durability.Final,
        Standing.Promised => Durability.Promise,
        _ => Durability.Local,
    };

    private static string? NoteOf(Durability durability, Durability wait) => (durability, wait) switch
    {
        (Durability.Local, _) => "Stored on this member's disk only: if that is lost before the others have the entries, so are they. Without wait=local the answer waits for promises.",
        (Durability.Promise, Durability.Final) => "Not all are final yet. Nothing promised is lost: ask for the entries by content id, or send the request again.",
        _ => null,
    };

    private static Problem? ProblemOf(EntryAnswer worst, int count, int maxEntryBytes)
    {
        var which = $"Entry {worst.Entry}: ";
        var kept = count > 1 ? KeptText : "";
        return worst.Outcome switch
        {
            Standing.Invalid => Problems.InvalidEntry($"{which}{worst.Field}: {worst.Reason}. Mend it and send it under a sequence number that was never used.{kept}"),
            Standing.TooLarge => Problems.TooLarge($"{which}{worst.Reason}. Put fewer readings into a batch.{kept}", maxEntryBytes),
            Standing.Refused => Problems.Refused(
                $"{which}it is on the chain at {worst.Position!.Index} and was refused when its block was executed. {worst.Position.Result!.Reason} " +
                $"Mend it and send it under a sequence number that was never used.{kept}"),
            Standing.SequenceTaken => Problems.SequenceTaken(
                $"{which}content {worst.Content} cannot be stored, because {worst.HeldContent} stands under its signer and sequence. Send it under a number that was never used.{kept}"),
            Standing.Unavailable => Problems.Unavailable($"{which}{worst.Reason} Send the request again, here or to another member.{kept}"),
            Standing.Busy => Problems.Busy($"{which}{worst.Reason} Send the request again.{kept}"),
            Standing.Unpromised => Problems.Unpromised($"{which}{worst.Reason}{kept}"),
            _ => null,
        };
    }
}
