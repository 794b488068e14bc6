using Dems.Core.Ledger;
using Dems.Replication.Ports;
using Dems.Storage.Tests.Fixtures;

namespace Dems.Storage.Tests.Conformance;

/// <summary>What every mempool store does.</summary>
public abstract class MempoolStoreTests : IAsyncLifetime
{
    private readonly TestChain _chain = new();

    protected StoreHarness Store { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Store = await CreateAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Store.DisposeAsync();
    }

    [Fact]
    public async Task Admit_NewEntry_IsStoredAndSurvivesAKill()
    {
        var entry = _chain.NewEntry();

        Assert.Equal(new Admission(AdmissionOutcome.Stored, entry.Content, entry.Leaf, null), await AdmitAsync(entry));

        await Store.KillAsync();
        Assert.Equal(PendingEntry.Of(entry), Assert.Single(await Store.Mempool.LoadPendingAsync(default)));
        Assert.True((await Store.Mempool.ReadBodyAsync(entry.Leaf, default))!.Value.Span.SequenceEqual(entry.Bytes.Span));
    }

    [Fact]
    public async Task Admit_SameContentInAnotherBody_IsDuplicateOfTheFirst()
    {
        var first = TestChain.Entry([1], "device", 1, content: "same");
        var again = TestChain.Entry([2], "device", 1, content: "same");
        await AdmitAsync(first);

        Assert.Equal(new Admission(AdmissionOutcome.Duplicate, first.Content, first.Leaf, null), await AdmitAsync(again));
        Assert.Null(await Store.Mempool.ReadBodyAsync(again.Leaf, default));
    }

    [Fact]
    public async Task Admit_OtherContentUnderTheSequence_NamesTheOneHeld()
    {
        var first = TestChain.Entry([1], "device", 1);
        await AdmitAsync(first);

        Assert.Equal(new Admission(AdmissionOutcome.SequenceTaken, first.Content, first.Leaf, null), await AdmitAsync(TestChain.Entry([2], "device", 1)));
        Assert.Equal(AdmissionOutcome.Stored, (await AdmitAsync(TestChain.Entry([3], "device", 2))).Outcome);
        Assert.Equal(AdmissionOutcome.Stored, (await AdmitAsync(TestChain.Entry([4], "other device", 1))).Outcome);
    }

    [Fact]
    public async Task Admit_SeveralInOneCall_AreDecidedInTheirOrder()
    {
        var first = TestChain.Entry([1], "device", 1, content: "a");
        var again = TestChain.Entry([2], "device", 1, content: "a");
        var other = TestChain.Entry([3], "device", 1, content: "b");

        var answers = await Store.Mempool.AdmitAsync([first, again, other], default);

        Assert.Equal(
            [AdmissionOutcome.Stored, AdmissionOutcome.Duplicate, AdmissionOutcome.SequenceTaken],
            answers.Select(answer => answer.Outcome));
        Assert.All(answers, answer => Assert.Equal(first.Leaf, answer.Leaf));
    }

    [Fact]
    public async Task Admit_OrderedContent_GivesItsPlace()
    {
        var entries = _chain.NewEntries(3);
        await Store.Mempool.StoreBodiesAsync(entries, default);
        await Store.Chain.AppendAsync(_chain.Decide(entries), default);
        var ordered = entries[2];
        var other = TestChain.Entry([9], "x", 0) with { Signer = ordered.Signer, Sequence = ordered.Sequence };

        Assert.Equal(new Admission(AdmissionOutcome.Duplicate, ordered.Content, ordered.Leaf, 2), await AdmitAsync(ordered));
        Assert.Equal(new Admission(AdmissionOutcome.SequenceTaken, ordered.Content, ordered.Leaf, 2), await AdmitAsync(other));
        Assert.Empty(await Store.Mempool.LoadPendingAsync(default));
    }

    [Fact]
    public async Task Admit_OneOfTwoContentsOrdered_TheOrderedOneDecides()
    {
        var mine = TestChain.Entry([1], "device", 1);
        var ordered = TestChain.Entry([2], "device", 1);
        await AdmitAsync(mine);
        await Store.Mempool.StoreBodiesAsync([ordered], default);
        await Store.Chain.AppendAsync(_chain.Decide(ordered), default);

        Assert.Equal(new Admission(AdmissionOutcome.SequenceTaken, ordered.Content, ordered.Leaf, 0), await AdmitAsync(mine));
        Assert.Equal(new Admission(AdmissionOutcome.Duplicate, ordered.Content, ordered.Leaf, 0), await AdmitAsync(ordered));
    }

    [Fact]
    public async Task Admit_ContentHeldFromAPeer_IsDuplicateAndNoLongerExpires()
    {
        var entry = _chain.NewEntry(receivedAt: 10);
        await Store.Mempool.StoreBodiesAsync([entry], default);

        Assert.Equal(new Admission(AdmissionOutcome.Duplicate, entry.Content, entry.Leaf, null), await AdmitAsync(entry));

        Assert.Equal(0, await Store.Mempool.ExpireAsync(new BlockTime(1_000), default));
        Assert.NotNull(await Store.Mempool.ReadBodyAsync(entry.Leaf, default));
    }

    [Fact]
    public async Task Admit_BothContentsHeldFromPeers_EachIsItsOwnDuplicate()
    {
        var one = TestChain.Entry([1], "device", 1);
        var two = TestChain.Entry([2], "device", 1);
        await Store.Mempool.StoreBodiesAsync([one, two], default);

        Assert.Equal((AdmissionOutcome.Duplicate, two.Leaf), ((await AdmitAsync(two)) is var answer ? (answer.Outcome, answer.Leaf) : default));

        // From now on the admitted one decides.
        Assert.Equal(new Admission(AdmissionOutcome.SequenceTaken, two.Content, two.Leaf, null), await AdmitAsync(one));
    }

    [Fact]
    public async Task StoreBodies_TwoContentsUnderOneSequence_KeepsBoth()
    {
        var one = TestChain.Entry([1], "device", 1);
        var two = TestChain.Entry([2], "device", 1);

        Assert.Equal([true, true], await Store.Mempool.StoreBodiesAsync([one, two], default));
        Assert.Equal([true], await Store.Mempool.StoreBodiesAsync([one], default));

        Assert.Equal(2, (await Store.Mempool.LoadPendingAsync(default)).Count);
    }

    [Fact]
    public async Task StoreBodies_OrderedLeaf_SaysSo()
    {
        var entries = _chain.NewEntries(2);
        await Store.Mempool.StoreBodiesAsync(entries, default);
        await Store.Chain.AppendAsync(_chain.Decide(entries[0]), default);

        Assert.Equal([false, true], await Store.Mempool.StoreBodiesAsync(entries, default));
    }

    [Fact]
    public async Task LoadPending_ManyReceived_GivesOldestFirst()
    {
        var late = _chain.NewEntry(receivedAt: 30);
        var early = _chain.NewEntry(receivedAt: 10);
        var middle = _chain.NewEntry(receivedAt: 20);
        await Store.Mempool.StoreBodiesAsync([late, early], default);
        await AdmitAsync(middle);

        Assert.Equal(
            [PendingEntry.Of(early), PendingEntry.Of(middle), PendingEntry.Of(late)],
            await Store.Mempool.LoadPendingAsync(default));
    }

    [Fact]
    public async Task Expire_OldPeerBodies_DeletesOnlyThese()
    {
        var old = _chain.NewEntry(receivedAt: 10);
        var mine = _chain.NewEntry(receivedAt: 10);
        var ordered = _chain.NewEntry(receivedAt: 10);
        var young = _chain.NewEntry(receivedAt: 50);
        await Store.Mempool.StoreBodiesAsync([old, ordered, young], default);
        await AdmitAsync(mine);
        await Store.Chain.AppendAsync(_chain.Decide(ordered), default);

        Assert.Equal(1, await Store.Mempool.ExpireAsync(new BlockTime(50), default));

        Assert.Null(await Store.Mempool.ReadBodyAsync(old.Leaf, default));
        Assert.NotNull(await Store.Mempool.ReadBodyAsync(ordered.Leaf, default));
        Assert.Equal(new[] { mine.Leaf, young.Leaf }, (await Store.Mempool.LoadPendingAsync(default)).Select(entry => entry.Leaf));
        Assert.Empty(await Store.Chain.ScanAsync(default));
    }

    [Fact]
    public async Task Admit_FromManyCallersAtOnce_StoresEachSequenceOnce()
    {
        const int Callers = 16;
        var entries = _chain.NewEntries(50);

        var answers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(() => Store.Mempool.AdmitAsync(entries, default))));

        Assert.Equal(entries.Length, answers.SelectMany(answer => answer).Count(answer => answer.Outcome == AdmissionOutcome.Stored));
        Assert.Equal(entries.Length * (Callers - 1), answers.SelectMany(answer => answer).Count(answer => answer.Outcome == AdmissionOutcome.Duplicate));
        Assert.Equal(entries.Length, (await Store.Mempool.LoadPendingAsync(default)).Count);
    }

    [Fact]
    public async Task Mend_NothingDamaged_ChangesNothing()
    {
        await AdmitAsync(_chain.NewEntry());
        await Store.Mempool.StoreBodiesAsync(_chain.NewEntries(3), default);
        var before = await Store.Mempool.LoadPendingAsync(default);

        Assert.Equal(0, await Store.Mempool.MendAsync(default));

        Assert.Equal(before, await Store.Mempool.LoadPendingAsync(default));
    }

    protected abstract Task<StoreHarness> CreateAsync();

    private async Task<Admission> AdmitAsync(PooledEntry entry) => Assert.Single(await Store.Mempool.AdmitAsync([entry], default));
}
