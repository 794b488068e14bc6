using Dems.Contracts.Submission;
using Dems.Core.Crypto;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Entries;

namespace Dems.Ingest.Tests.Importing;

/// <summary>A member that keeps entries by (signer, sequence), as the mempool's rule says, and can be told to misbehave.</summary>
internal sealed class FakeMember : IEntrySubmitter
{
    private readonly Lock _gate = new();
    private readonly ISignatureVerifier _verifier;

    public FakeMember(ISignatureVerifier verifier) => _verifier = verifier;

    public Dictionary<(PublicKey Signer, long Sequence), OpenedEntry> Held { get; } = [];

    /// <summary>Called before each submission; an exception of it reaches the importer.</summary>
    public Action<IReadOnlyList<OpenedEntry>>? Before { get; set; }

    /// <summary>Answers an entry instead of the rule; null leaves it to the rule.</summary>
    public Func<OpenedEntry, SubmitOutcome?>? Answer { get; set; }

    public int Calls { get; private set; }

    public int MostAtOnce { get; private set; }

    public IEnumerable<ReadingBatch> Batches => Held.OrderBy(h => h.Key.Sequence).Select(h => (ReadingBatch)h.Value.Body);

    public async Task<IReadOnlyList<SubmitResult>> SubmitAsync(IReadOnlyList<OpenedEntry> entries, SubmitWait wait, CancellationToken cancellationToken)
    {
        await Task.Yield();
        lock (_gate)
        {
            Calls++;
            MostAtOnce = Math.Max(MostAtOnce, entries.Count);
            Before?.Invoke(entries);
            return [.. entries.Select(Take)];
        }
    }

    private SubmitResult Take(OpenedEntry entry)
    {
        if (!EntryCodec.TryOpen(entry.Bytes, _verifier, out _, out var error))
        {
            throw new InvalidOperationException($"The importer sent an entry that does not open: {error}");
        }

        var outcome = Answer?.Invoke(entry);
        if (outcome is null)
        {
            var key = (entry.Signer, entry.Sequence);
            outcome = !Held.TryGetValue(key, out var held) ? SubmitOutcome.Stored
                : held.Content == entry.Content ? SubmitOutcome.Duplicate
                : SubmitOutcome.SequenceTaken;
            Held.TryAdd(key, entry);
        }

        return new SubmitResult(outcome.Value, entry.Content.ToString())
        {
            Reason = "told to",
            Field = outcome == SubmitOutcome.SequenceTaken ? "sequence" : "",
            HeldContent = outcome == SubmitOutcome.SequenceTaken ? Held[(entry.Signer, entry.Sequence)].Content.ToString() : null,
        };
    }
}
