using Dems.Contracts.Queries;
using Dems.Contracts.Submission;
using Dems.Core.Crypto;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Entries;

namespace Dems.Ingest.Http;

/// <summary>From received COSE messages to submitted entries. Nothing of a request is stored unless all of its messages open.</summary>
internal sealed class BatchIntake(IEntrySubmitter submitter, ILedgerQueries queries, ISignatureVerifier verifier, TimeProvider time)
{
    /// <summary>How long <c>?wait=final</c> waits before it answers that the entry is promised but not final yet.</summary>
    public static readonly TimeSpan FinalTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Opens every message; false with the first that does not.</summary>
    public bool TryOpen(IReadOnlyList<ReadOnlyMemory<byte>> messages, out List<OpenedEntry> entries, out IntakeProblem? problem)
    {
        entries = new List<OpenedEntry>(messages.Count);
        for (var i = 0; i < messages.Count; i++)
        {
            if (!EntryCodec.TryWrap(messages[i], out var envelope, out var error) || !EntryCodec.TryOpen(envelope, verifier, out var entry, out error))
            {
                problem = new IntakeProblem(i, error);
                return false;
            }

            entries.Add(entry);
        }

        problem = null;
        return true;
    }

    /// <summary>Submits and, where finality is wanted, waits for it here, outside any grain.</summary>
    public async Task<IReadOnlyList<SubmitResult>> SubmitAsync(IReadOnlyList<OpenedEntry> entries, Durability durability, CancellationToken cancellationToken)
    {
        var wait = durability == Durability.Local ? SubmitWait.Local : SubmitWait.Promise;
        var results = await submitter.SubmitAsync(entries, wait, cancellationToken);
        if (durability != Durability.Final || results.Any(r => r.Outcome is not (SubmitOutcome.Stored or SubmitOutcome.Duplicate)))
        {
            return results;
        }

        var final = new SubmitResult[results.Count];
        var started = time.GetTimestamp();
        for (var i = 0; i < final.Length; i++)
        {
            var left = FinalTimeout - time.GetElapsedTime(started);
            final[i] = results[i] with { OrderedIndex = results[i].OrderedIndex ?? await WaitFinalAsync(entries[i], left, cancellationToken) };
        }

        return final;
    }

    private async Task<long?> WaitFinalAsync(OpenedEntry entry, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var chain = entry.Chain.ToString();
        var pool = queries.Chains.First(c => string.Equals(c.Chain, chain, StringComparison.Ordinal)).Pool;
        var name = new EntryName(null, entry.Content.Value);
        var started = time.GetTimestamp();
        var height = 0L;
        while (true)
        {
            if (await queries.EntryAsync(pool, name, cancellationToken) is { } found)
            {
                return found.Index;
            }

            var left = atMost - time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
            {
                return null;
            }

            height = await queries.WaitForBlockAsync(pool, height, left, cancellationToken);
        }
    }
}
