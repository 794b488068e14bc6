using Dems.Contracts.Grains;
using Dems.Contracts.Submission;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Entries;
using Dems.Replication.Ports;
using Dems.Replication.Shell;
using EntryPromise = Dems.Contracts.Submission.EntryPromise;
using ShellOutcome = Dems.Replication.Shell.SubmitOutcome;
using ShellPromise = Dems.Replication.Shell.EntryPromise;
using SubmitOutcome = Dems.Contracts.Submission.SubmitOutcome;

namespace Dems.Grains.Chains;

/// <summary>Hands opened entries to a running replica and says what became of them.</summary>
public sealed class SubmissionDesk(IEntryOpener opener, TimeProvider time)
{
    /// <summary>How long a submission waits for the promises of others before it is answered without.</summary>
    public static readonly TimeSpan PromiseTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Submits a group. One result per entry, in order.</summary>
    public async Task<IReadOnlyList<SubmitResult>> SubmitAsync(ChainSite site, SubmitGroup group)
    {
        var opened = await OpenedGroup.OfAsync(group, opener);
        var sound = opened.OfType<OpenedEntry>().ToList();
        var replies = new Queue<SubmitResult>(await SubmitAsync(site, sound, group.Wait));
        var results = new SubmitResult[opened.Count];
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = opened[i] is null ? Refusal(group, i, AuthorityRules.NotOpened) : replies.Dequeue();
            ChainMetrics.Answered(results[i].Outcome.ToString(), 1);
        }

        return results;
    }

    /// <summary>The answer to an entry that may not be stored: for good if the state that says so is <paramref name="current"/> or the entry does not open anywhere, else until later.</summary>
    internal static SubmitResult Refusal(SubmitGroup group, int index, AuthorityVerdict verdict, bool current = true)
    {
        var content = group.Opened?[index].Content.ToString() ?? "";
        return current || verdict == AuthorityRules.NotOpened
            ? new SubmitResult(SubmitOutcome.Refused, content) { Field = verdict.Field, Reason = verdict.Reason }
            : new SubmitResult(SubmitOutcome.Busy, content) { Reason = "This member is catching up with the chain and cannot judge the entry yet." };
    }

    private async Task<IReadOnlyList<SubmitResult>> SubmitAsync(ChainSite site, List<OpenedEntry> entries, SubmitWait wait)
    {
        if (site.Replica is not { } replica)
        {
            return [.. entries.Select(entry => Busy(entry, "The chain is not running here yet."))];
        }

        using var patience = new CancellationTokenSource(PromiseTimeout, time);
        try
        {
            var level = wait == SubmitWait.Promise ? WaitLevel.Promise : WaitLevel.Local;
            var replies = await replica.SubmitAsync(entries, level, patience.Token);
            var results = new SubmitResult[replies.Count];
            for (var i = 0; i < results.Length; i++)
            {
                results[i] = await AnswerAsync(site, entries[i], replies[i], wait);
            }

            return results;
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return [.. entries.Select(entry => Busy(entry, "The disk did not answer in time."))];
        }
        catch (StorageException e)
        {
            return [.. entries.Select(entry => Busy(entry, e.Message))];
        }
    }

    private static async Task<SubmitResult> AnswerAsync(ChainSite site, OpenedEntry entry, SubmitReply reply, SubmitWait wait)
    {
        var result = new SubmitResult(OutcomeOf(reply.Outcome), entry.Content.ToString())
        {
            OrderedIndex = reply.OrderedAt,
            Promises = [.. reply.Promises.Select(Of)],
        };
        switch (result.Outcome)
        {
            case SubmitOutcome.Busy:
                return Busy(entry, "Too many entries wait to be ordered.");
            case SubmitOutcome.SequenceTaken:
                return result with
                {
                    HeldContent = reply.Held.ToString(),
                    Field = "sequence",
                    Reason = $"The sequence number {entry.Sequence} was used for other content. Send this under a number that was never used.",
                };
        }

        if (wait != SubmitWait.Promise || result.Promises.Count > 0 || result.OrderedIndex is not null)
        {
            return result;
        }

        // Without promises it is final already, or the others did not answer.
        var final = await site.Store.Chain.FindByContentAsync(new ContentId(entry.Content.Value), CancellationToken.None);
        return final is not null
            ? result with { OrderedIndex = final.Index }
            : result with { Outcome = SubmitOutcome.Unpromised, Reason = "It is stored here, but not enough members promised to keep it in time. Send it again." };
    }

    private static SubmitOutcome OutcomeOf(ShellOutcome outcome) => outcome switch
    {
        ShellOutcome.Accepted => SubmitOutcome.Stored,
        ShellOutcome.Duplicate => SubmitOutcome.Duplicate,
        ShellOutcome.SequenceTaken => SubmitOutcome.SequenceTaken,
        _ => SubmitOutcome.Busy,
    };

    private static SubmitResult Busy(OpenedEntry entry, string reason) => new(SubmitOutcome.Busy, entry.Content.ToString()) { Reason = reason };

    private static EntryPromise Of(ShellPromise promise) => new(
        promise.Promise.Member,
        promise.Promise.LatestHeight.Value,
        promise.Promise.Size,
        promise.Index,
        [.. promise.Path.Select(hash => (ReadOnlyMemory<byte>)hash.ToArray())],
        promise.Promise.Signature);
}
