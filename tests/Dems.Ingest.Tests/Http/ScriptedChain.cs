using Dems.Contracts.Queries;
using Dems.Contracts.Receipts;
using Dems.Contracts.Submission;
using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Entries;

namespace Dems.Ingest.Tests.Http;

/// <summary>One chain as the HTTP edge sees it: keeps entries by (signer, sequence), orders them in blocks when told to, and can be told to misbehave.</summary>
internal sealed class ScriptedChain(ChainId chain) : IEntrySubmitter, ILedgerQueries, IReceiptDesk
{
    private readonly Lock _gate = new();
    private readonly List<OpenedEntry> _held = [];
    private readonly List<(OpenedEntry Entry, long Height)> _ordered = [];
    private TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _submitted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _height;

    /// <summary>Answers an entry instead of the rule; null leaves it to the rule.</summary>
    public Func<OpenedEntry, SubmitResult?>? Answer { get; set; }

    public bool Running { get; set; } = true;

    /// <summary>What execution makes of an entry; null while it is not known.</summary>
    public Func<OpenedEntry, OutcomeView?> Execute { get; set; } = _ => new OutcomeView("applied", "It took effect.");

    /// <summary>The receipt of a content id in hexadecimal: one CBOR item; null while there is none.</summary>
    public Func<string, byte[]?> Issue { get; set; } = content => [0x78, 64, .. System.Text.Encoding.ASCII.GetBytes(content)];

    /// <summary>What the last submission was to wait for.</summary>
    public SubmitWait? LastWait { get; private set; }

    public IReadOnlyList<OpenedEntry> Held
    {
        get
        {
            lock (_gate)
            {
                return [.. _held];
            }
        }
    }

    /// <summary>Completes with the first submission.</summary>
    public Task Submitted => _submitted.Task;

    public IReadOnlyList<MemberView> Members => [];

    public IReadOnlyList<ChainView> Chains => [new("community", chain.ToString())];

    /// <summary>Orders everything held in one block.</summary>
    public void Order()
    {
        lock (_gate)
        {
            _height++;
            _ordered.AddRange(_held.Skip(_ordered.Count).Select(entry => (entry, _height)).ToList());
            var moved = _moved;
            _moved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            moved.SetResult();
        }
    }

    public Task<IReadOnlyList<SubmitResult>> SubmitAsync(IReadOnlyList<OpenedEntry> entries, SubmitWait wait, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            LastWait = wait;
            IReadOnlyList<SubmitResult> results = [.. entries.Select(entry => Answer?.Invoke(entry) ?? Take(entry, wait))];
            _submitted.TrySetResult();
            return Task.FromResult(results);
        }
    }

    public Task<HeadView?> HeadAsync(string pool, CancellationToken cancellationToken) => Task.FromResult<HeadView?>(
        new HeadView(pool, chain.ToString(), Running, _height, "", _ordered.Count, "", null, 0, true, false));

    public Task<EntryView?> EntryAsync(string pool, EntryName name, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var index = _ordered.FindIndex(o => o.Entry.Content.Value == name.Hash);
            return Task.FromResult(index < 0 ? null : new EntryView(
                index, _ordered[index].Height, _ordered[index].Entry.Leaf.ToString(), name.Hash.ToString(), "Batch", "", 0, "")
            {
                Outcome = Execute(_ordered[index].Entry),
            });
        }
    }

    public Task<ReceiptAnswer> IssueAsync(string pool, EntryName entry, ReadingChoice? reading, CancellationToken cancellationToken) => Task.FromResult(
        Issue(entry.Hash.ToString()) is { } receipt
            ? new ReceiptAnswer(ReceiptStanding.Issued) { Content = entry.Hash.ToString(), Receipt = receipt }
            : new ReceiptAnswer(ReceiptStanding.NotYet));

    public async Task<long> WaitForBlockAsync(string pool, long above, TimeSpan atMost, CancellationToken cancellationToken)
    {
        Task moved;
        lock (_gate)
        {
            if (_height > above)
            {
                return _height;
            }

            moved = _moved.Task;
        }

        await moved.WaitAsync(atMost, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        return _height;
    }

    public Task<BlockView?> BlockAsync(string pool, long height, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<InclusionProofView?> InclusionAsync(string pool, long index, long treeSize, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ConsistencyProofView?> ConsistencyAsync(string pool, long firstSize, long secondSize, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<NodeView?> NodeAsync(NodeAddress address, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<PoolBalance?> BalanceAsync(string pool, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<NodeAddress?> FindMeteringPointAsync(string pool, string id, CancellationToken cancellationToken) => throw new NotSupportedException();

    private SubmitResult Take(OpenedEntry entry, SubmitWait wait)
    {
        var held = _held.FirstOrDefault(h => h.Signer.Equals(entry.Signer) && h.Sequence == entry.Sequence);
        if (held is not null && held.Content != entry.Content)
        {
            return new SubmitResult(SubmitOutcome.SequenceTaken, entry.Content.ToString()) { HeldContent = held.Content.ToString(), Field = "sequence", Reason = "taken" };
        }

        if (held is null)
        {
            _held.Add(entry);
        }

        var index = _ordered.FindIndex(o => o.Entry.Content == entry.Content);
        return new SubmitResult(held is null ? SubmitOutcome.Stored : SubmitOutcome.Duplicate, entry.Content.ToString())
        {
            OrderedIndex = index < 0 ? null : index,
            Promises = wait == SubmitWait.Promise && index < 0 ? [PromiseOf(0), PromiseOf(2)] : [],
        };
    }

    private static EntryPromise PromiseOf(int member) => new(member, 17, 2, 1, [new byte[] { 0xAB, 0xCD }], new byte[] { 1, 2, 3 });
}
