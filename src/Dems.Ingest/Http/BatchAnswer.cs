using Dems.Contracts.Submission;

namespace Dems.Ingest.Http;

/// <summary>Answer to one message of a request.</summary>
/// <param name="Content">Content id: names what was signed, whatever its signature.</param>
/// <param name="Status">stored, duplicate, final; refused, sequence-taken, busy, unpromised.</param>
/// <param name="Index">Place on the chain if it is final.</param>
/// <param name="Promises">Words of members that the entry is durable with them and will be ordered.</param>
internal sealed record BatchAnswer(string Content, string Status, long? Index, IReadOnlyList<PromiseAnswer> Promises)
{
    public static BatchAnswer Of(SubmitResult result) => new(
        result.Content,
        result.OrderedIndex is not null && result.Outcome is SubmitOutcome.Stored or SubmitOutcome.Duplicate ? "final" : StatusOf(result.Outcome),
        result.OrderedIndex,
        [.. result.Promises.Select(PromiseAnswer.Of)]);

    public static string StatusOf(SubmitOutcome outcome) => outcome switch
    {
        SubmitOutcome.Stored => "stored",
        SubmitOutcome.Duplicate => "duplicate",
        SubmitOutcome.SequenceTaken => "sequence-taken",
        SubmitOutcome.Busy => "busy",
        SubmitOutcome.Unpromised => "unpromised",
        _ => "refused",
    };
}
