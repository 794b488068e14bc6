using Dems.Core.Ledger;
using Dems.Core.Ledger.Entries;
using Dems.Core.Ledger.Execution;
using Dems.Replication.Shell;

namespace Dems.Storage.Tests.Replicas;

/// <summary>Replicas with real signatures on real databases: the shell, the storage and the machine together.</summary>
public class ReplicaNetworkTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Submission_IsPromisedByFPlusOneAndFinalEverywhere(int members)
    {
        await using var network = await TestNetwork.StartAsync(members);
        using var patience = new CancellationTokenSource(TestNetwork.Patience);
        var entry = network.Entry(member: 0, sequence: 7);

        var reply = Assert.Single(await network[0].Replica.SubmitAsync([entry], WaitLevel.Promise, patience.Token));

        Assert.Equal(SubmitOutcome.Accepted, reply.Outcome);
        Assert.Equal(network.Genesis.Validators.OneHonest, reply.Promises.Select(p => p.Promise.Member).Distinct().Count());
        for (var i = 0; i < members; i++)
        {
            var final = await network.FinalAsync(i, entry, patience.Token);
            Assert.Equal(entry.Leaf, final!.Leaf);
            Assert.Empty(network[i].Troubles);
        }
    }

    /// <summary>Who waits is told also of entries that dropped out of the caches, and is not forgotten because somebody else gave up waiting for the same one.</summary>
    [Fact]
    public async Task WaitForFinality_OfEntriesThatNoCacheHolds_EndsWithTheBlock()
    {
        await using var network = await TestNetwork.StartAsync(4, cachesAreFull: true);
        using var patience = new CancellationTokenSource(TestNetwork.Patience);
        using var impatience = new CancellationTokenSource();
        var entry = network.Entry(member: 0, sequence: 7);
        var waits = Enumerable.Range(0, 4).Select(i => network[i].Replica.WaitFinalAsync(entry.Content, patience.Token)).ToList();
        var abandoned = network[0].Replica.WaitFinalAsync(entry.Content, impatience.Token);
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => abandoned);
        Assert.All(waits, wait => Assert.False(wait.IsCompleted));

        await network[0].Replica.SubmitAsync([entry], WaitLevel.Local, patience.Token);

        Assert.All(await Task.WhenAll(waits), final => Assert.Equal(entry.Leaf, final!.Leaf));
    }

    [Fact]
    public async Task ManySubmissions_AtAllMembers_GiveEqualChainsAndStates()
    {
        await using var network = await TestNetwork.StartAsync(4);
        using var patience = new CancellationTokenSource(TestNetwork.Patience);
        var entries = Enumerable.Range(0, 200).Select(i => network.Entry(i % 4, i)).ToList();

        var submissions = Enumerable.Range(0, 4).Select(member => network[member].Replica.SubmitAsync(
            [.. entries.Where((_, i) => i % 4 == member)], WaitLevel.Promise, patience.Token));
        var replies = (await Task.WhenAll(submissions)).SelectMany(r => r).ToList();
        foreach (var entry in entries)
        {
            await Task.WhenAll(Enumerable.Range(0, 4).Select(i => network.FinalAsync(i, entry, patience.Token)));
        }

        Assert.All(replies, r => Assert.Equal(SubmitOutcome.Accepted, r.Outcome));
        var height = await CommonHeightAsync(network, patience.Token);
        var heads = new List<BlockHash>();
        for (var i = 0; i < 4; i++)
        {
            heads.Add((await network[i].Store.ReadBlockAsync(height, patience.Token))!.Hash);
            Assert.All(network[i].Results.Values.SelectMany(r => r), r => Assert.Equal(EntryOutcome.Applied, r.Outcome));
            Assert.Empty(network[i].Troubles);
        }

        Assert.Single(heads.Distinct());
        Assert.Single(Enumerable.Range(0, 4).Select(i => network[i].Executor.State.Root).Distinct());
    }

    [Fact]
    public async Task Retransmission_AtAnotherMember_GetsTheFirstAnswer()
    {
        await using var network = await TestNetwork.StartAsync(4);
        using var patience = new CancellationTokenSource(TestNetwork.Patience);
        var entry = network.Entry(member: 0, sequence: 1);
        await network[0].Replica.SubmitAsync([entry], WaitLevel.Promise, patience.Token);
        await network.FinalAsync(2, entry, patience.Token);

        var again = Assert.Single(await network[2].Replica.SubmitAsync([entry], WaitLevel.Promise, patience.Token));

        Assert.Equal(SubmitOutcome.Duplicate, again.Outcome);
        Assert.Equal(0, again.OrderedAt);
    }

    [Fact]
    public async Task OtherContent_UnderAUsedSequence_IsRefusedNamingBoth()
    {
        await using var network = await TestNetwork.StartAsync(1);
        using var patience = new CancellationTokenSource(TestNetwork.Patience);
        var (first, second) = (network.Entry(0, 5), network.Entry(0, 5));
        await network[0].Replica.SubmitAsync([first], WaitLevel.Promise, patience.Token);

        var reply = Assert.Single(await network[0].Replica.SubmitAsync([second], WaitLevel.Promise, patience.Token));

        Assert.Equal(SubmitOutcome.SequenceTaken, reply.Outcome);
        Assert.Equal(second.Content, reply.Content);
        Assert.Equal(first.Content, reply.Held);
    }

    [Fact]
    public async Task StoppedMember_ThatComesBack_CatchesUpAndVotesAgain()
    {
        await using var network = await TestNetwork.StartAsync(4);
        using var patience = new CancellationTokenSource(TestNetwork.Patience);
        await SubmitAllAsync(network, 0, Enumerable.Range(0, 20), patience.Token);
        await network.StopAsync(3);
        await SubmitAllAsync(network, 0, Enumerable.Range(20, 40), patience.Token);

        await network.StartAsync(3, patience.Token);
        await network.StopAsync(2);
        var last = await SubmitAllAsync(network, 1, Enumerable.Range(100, 5), patience.Token);

        // With member 2 gone, nothing is final without the vote of member 3.
        Assert.NotNull(await network.FinalAsync(3, last, patience.Token));
        Assert.Empty(network[3].Troubles);
    }

    private static async Task<OpenedEntry> SubmitAllAsync(TestNetwork network, int member, IEnumerable<int> sequences, CancellationToken cancellationToken)
    {
        var entries = sequences.Select(s => network.Entry(member, s)).ToList();
        await network[member].Replica.SubmitAsync(entries, WaitLevel.Promise, cancellationToken);
        foreach (var entry in entries)
        {
            await network.FinalAsync(member, entry, cancellationToken);
        }

        return entries[^1];
    }

    private static async Task<Height> CommonHeightAsync(TestNetwork network, CancellationToken cancellationToken)
    {
        var heads = await Task.WhenAll(Enumerable.Range(0, network.Count).Select(async i => (await network[i].Store.ReadHeadAsync(cancellationToken))!.Height));
        return heads.Min();
    }
}
