using Dems.Contracts.Submission;
using Dems.Core.Ledger.Encoding;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dems.Ingest.Http;

/// <summary>The one page that turns what is wrong with a submission into problem+json (RFC 9457). docs/api.md lists the types.</summary>
internal static class IntakeProblems
{
    public static ProblemHttpResult UnsupportedMediaType() => Problem(
        StatusCodes.Status415UnsupportedMediaType, "media-type", "Send application/cose: one COSE_Sign1 message, or several one after the other.");

    public static ProblemHttpResult TooLarge(string what) => Problem(StatusCodes.Status413PayloadTooLarge, "too-large", what);

    public static ProblemHttpResult Malformed(string what) => Problem(StatusCodes.Status400BadRequest, "malformed", what);

    public static ProblemHttpResult WrongWait(string value) => Problem(
        StatusCodes.Status400BadRequest, "invalid-parameter", $"wait must be promise, local or final, not '{value}'.");

    /// <summary>A message that does not open. Nothing of the request was stored.</summary>
    public static ProblemHttpResult NotOpened(IntakeProblem problem)
    {
        var (index, error) = (problem.Index, problem.Error);
        var tooLarge = error.Code == EntryErrorCode.TooLarge;
        return Problem(
            tooLarge ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status422UnprocessableEntity,
            tooLarge ? "too-large" : "invalid-entry",
            $"Message {index}: {error.Where} {error.What}. Nothing of this request was stored.",
            ("index", index),
            ("field", error.Where),
            ("code", error.Code.ToString()));
    }

    /// <summary>The worst answer among the results, with all of them; null if all were taken.</summary>
    public static ProblemHttpResult? Of(IReadOnlyList<SubmitResult> results, HttpResponse response)
    {
        var (worst, index) = results.Select((result, i) => (result, i)).MaxBy(pair => Weight(pair.result.Outcome));
        (string, object?)[] details =
        [
            ("index", index),
            ("field", worst.Field),
            ("content", worst.Content),
            ("entries", results.Select(BatchAnswer.Of).ToList()),
        ];
        switch (worst.Outcome)
        {
            case SubmitOutcome.SequenceTaken:
                return Problem(StatusCodes.Status409Conflict, "sequence-taken", $"Message {index}: {worst.Reason}", [.. details, ("held_content", worst.HeldContent)]);
            case SubmitOutcome.Refused:
                return Problem(StatusCodes.Status422UnprocessableEntity, "refused", $"Message {index}: {worst.Field}: {worst.Reason}", details);
            case SubmitOutcome.Busy:
                response.Headers.RetryAfter = "1";
                return Problem(StatusCodes.Status429TooManyRequests, "busy", $"Message {index}: {worst.Reason} Send the request again; what was stored is recognised.", details);
            case SubmitOutcome.Unpromised:
                response.Headers.RetryAfter = "2";
                return Problem(StatusCodes.Status503ServiceUnavailable, "unpromised", $"Message {index}: {worst.Reason}", details);
            default:
                return null;
        }
    }

    private static int Weight(SubmitOutcome outcome) => outcome switch
    {
        SubmitOutcome.SequenceTaken => 4,
        SubmitOutcome.Refused => 3,
        SubmitOutcome.Busy => 2,
        SubmitOutcome.Unpromised => 1,
        _ => 0,
    };

    private static ProblemHttpResult Problem(int status, string type, string title, params (string Name, object? Value)[] details) => TypedResults.Problem(
        type: $"urn:dems:problem:{type}",
        title: title,
        statusCode: status,
        extensions: details.ToDictionary(d => d.Name, d => d.Value, StringComparer.Ordinal));
}
