using Dems.Contracts.Queries;
using Dems.Contracts.Submission;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Entries;
using Microsoft.Extensions.Options;

namespace Dems.Ingest.Http;

/// <summary>
/// From received COSE messages to one answer each. Entries are judged one by one: what is good is kept, whatever stands beside it. Sending a request again is
/// always safe.
/// </summary>
internal sealed class BatchIntake(
    EntryOpening opening, IEntrySubmitter submitter, FinalityWatch finality, ILedgerQueries queries, IngestMetrics metrics, IOptions<HttpIngestOptions> options)
{
    /// <summary>One answer per message, in order; null if too many requests wait already, and nothing was kept.</summary>
    public async Task<IReadOnlyList<EntryAnswer>?> TakeAsync(
        IReadOnlyList<ReadOnlyMemory<byte>> messages, Durability wait, CancellationToken cancellationToken)
    {
        if (await opening.OpenAsync(messages, cancellationToken) is not { } opened)
        {
            return null;
        }

        var sound = opened.Select(o => o.Entry).OfType<OpenedEntry>().ToList();
        var results = sound.Count == 0 ? [] : await submitter.SubmitAsync(sound, wait == Durability.Local ? SubmitWait.Local : SubmitWait.Promise, cancellationToken);
        var kept = sound.Where((_, i) => IsKept(results[i].Outcome) && (wait == Durability.Final || results[i].OrderedIndex is not null));
        var positions = await finality.FindAsync(kept, wait == Durability.Final ? options.Value.FinalTimeout : TimeSpan.Zero, cancellationToken);

        var answers = new EntryAnswer[opened.Count];
        for (var (i, next) = (0, 0); i < answers.Length; i++)
        {
            answers[i] = opened[i].Entry is { } entry
                ? await AnswerAsync(i, entry, results[next++], positions.GetValueOrDefault(entry.Content), cancellationToken)
                : Refuse(i, opened[i].Error);
            metrics.Count(answers[i], opened[i].Entry);
        }

        return answers;
    }

    private static bool IsKept(SubmitOutcome outcome) => outcome is SubmitOutcome.Stored or SubmitOutcome.Duplicate or SubmitOutcome.Unpromised;

    private static EntryAnswer Refuse(int index, EntryError error) =>
        new(index, error.Code == EntryErrorCode.TooLarge ? Standing.TooLarge : Standing.Invalid, Kept: false)
        {
            Field = error.Where,
            Reason = error.What,
            Code = error.Code.ToString(),
        };

    private async Task<EntryAnswer> AnswerAsync(
        int index, OpenedEntry entry, SubmitResult result, PositionAnswer? position, CancellationToken cancellationToken)
    {
        var standing = position is not null ? StandingOf(position) : result.Outcome switch
        {
            SubmitOutcome.Stored or SubmitOutcome.Duplicate => result.Promises.Count > 0 ? Standing.Promised : Standing.Stored,
            SubmitOutcome.Unpromised => Standing.Unpromised,
            SubmitOutcome.SequenceTaken => Standing.SequenceTaken,
            SubmitOutcome.Busy => await RunsAsync(entry, cancellationToken) ? Standing.Busy : Standing.Unavailable,
            _ => Standing.Invalid,
        };
        return new EntryAnswer(index, standing, IsKept(result.Outcome))
        {
            Content = entry.Content.ToString(),
            Leaf = entry.Leaf.ToString(),
            Repeated = result.Outcome == SubmitOutcome.Duplicate,
            Position = position,
            Promises = [.. result.Promises.Select(PromiseAnswer.Of)],
            HeldContent = result.HeldContent,
            Field = result.Field.Length > 0 ? result.Field : null,
            Reason = result.Reason.Length > 0 ? result.Reason : null,
        };
    }

    private static Standing StandingOf(PositionAnswer position) =>
        position.Result is { Cause: not null } ? Standing.Refused : Standing.Final;

    /// <summary>Whether the chain runs here: "busy" passes by itself, "not running" may need its operator.</summary>
    private async Task<bool> RunsAsync(OpenedEntry entry, CancellationToken cancellationToken)
    {
        var id = entry.Chain.ToString();
        var chain = queries.Chains.FirstOrDefault(c => string.Equals(c.Chain, id, StringComparison.Ordinal));
        try
        {
            return chain is not null && await queries.HeadAsync(chain.Pool, cancellationToken) is { Running: true };
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
