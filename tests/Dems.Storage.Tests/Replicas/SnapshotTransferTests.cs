using Dems.Core;
using Dems.Core.Ledger;
using Dems.Replication.Protocol;
using Dems.Replication.Shell;
using Dems.Replication.Verification;

namespace Dems.Storage.Tests.Replicas;

/// <summary>A member that lost everything goes on from a state that peers give, whoever of them lies, and in the end holds the whole chain again.</summary>
public class SnapshotTransferTests
{
    private const int Liar = 0;

    /// <summary>The ways to lie about a state or to keep it back.</summary>
    public enum Lie
    {
        /// <summary>Another state, with chunk hashes that match it.</summary>
        State,

        /// <summary>Chunks that do not match the offer.</summary>
        Chunk,

        /// <summary>Another right edge of the tree.</summary>
        Edge,

        /// <summary>A header that nobody certified.</summary>
        Header,

        /// <summary>An offer and then nothing.</summary>
        Silence,
    }

    [Fact]
    public async Task EmptyFolder_StateOffered_GoesOnFromItAndFillsInTheRest()
    {
        using var patience = new CancellationTokenSource(TestNetwork.Patience);
        await using var network = await TestNetwork.StartAsync(4);
        await OrderAsync(network, 0, 12, patience.Token);
        var height = await SaveAsync(network, 1, patience.Token);
        await OrderAsync(network, 12, 3, patience.Token);

        await LoseAsync(network, 3);
        network.FetchesState = true;
        await network.StartAsync(3, patience.Token);

        await AssertWholeAsync(network, height, entries: 15, patience.Token);
    }

    [Theory]
    [InlineData(Lie.State)]
    [InlineData(Lie.Chunk)]
    [InlineData(Lie.Edge)]
    [InlineData(Lie.Header)]
    [InlineData(Lie.Silence)]
    public async Task EmptyFolder_APeerLies_AnotherIsBelieved(Lie lie)
    {
        using var patience = new CancellationTokenSource(TestNetwork.Patience);
        await using var network = await TestNetwork.StartAsync(4);
        await OrderAsync(network, 0, 6, patience.Token);
        var honest = await SaveAsync(network, 1, patience.Token);
        await OrderAsync(network, 6, 3, patience.Token);

        // The liar's offer is the newest one, and so the first to be followed.
        var newest = await SaveAsync(network, Liar, patience.Token);
        Assert.True(newest > honest);
        await OrderAsync(network, 9, 3, patience.Token);

        await LoseAsync(network, 3);
        var lies = 0;
        network.OnTheWay = (from, message) => from == Liar ? Tell(lie, message, ref lies) : message;
        network.FetchesState = true;
        await network.StartAsync(3, patience.Token);

        Assert.True(lies > 0, "nobody listened to the liar: the test proves nothing");
        await AssertWholeAsync(network, honest, entries: 12, patience.Token);
    }

    [Fact]
    public async Task EmptyFolder_ConnectionCut_GoesOnWithTheChunksThatCame()
    {
        using var patience = new CancellationTokenSource(TestNetwork.Patience);
        await using var network = await TestNetwork.StartAsync(4);
        await OrderAsync(network, 0, 6, patience.Token);
        var height = await SaveAsync(network, 1, patience.Token);
        await OrderAsync(network, 6, 3, patience.Token);
        await LoseAsync(network, 3);
        network.FetchesState = true;

        // All chunks come, the block after the state does not: the member dies while it waits for that.
        var files = network.FilesOf(3);
        network.OnTheWay = (_, message) => message is PeerMessage.BlockDecided ? null : message;
        using (var life = CancellationTokenSource.CreateLinkedTokenSource(patience.Token))
        {
            var start = network.StartAsync(3, life.Token);
            while (!File.Exists(Path.Combine(files.SnapshotParts, "chunk-0000")))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), patience.Token);
            }

            await life.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start);
            await network.StopAsync(3);
        }

        // Nobody offers or sends a chunk any more.
        network.OnTheWay = (_, message) => message is PeerMessage.SnapshotOffered or PeerMessage.ChunkSent ? null : message;
        await network.StartAsync(3, patience.Token);

        await AssertWholeAsync(network, height, entries: 9, patience.Token);
        Assert.False(Directory.Exists(files.SnapshotParts));
    }

    [Fact]
    public async Task EmptyFolder_NobodyHasAState_ExecutesTheChain()
    {
        using var patience = new CancellationTokenSource(TestNetwork.Patience);
        await using var network = await TestNetwork.StartAsync(4);
        await OrderAsync(network, 0, 3, patience.Token);
        await LoseAsync(network, 3);
        network.FetchesState = true;

        await network.StartAsync(3, patience.Token);

        await AssertWholeAsync(network, Height.Genesis, entries: 3, patience.Token);
    }

    [Fact]
    public async Task PartialMember_StartedAgain_VotesOnlyOnceTheRestIsHere()
    {
        using var patience = new CancellationTokenSource(TestNetwork.Patience);
        await using var network = await TestNetwork.StartAsync(4);
        await OrderAsync(network, 0, 6, patience.Token);
        var height = await SaveAsync(network, 1, patience.Token);
        await OrderAsync(network, 6, 3, patience.Token);
        await LoseAsync(network, 3);
        network.FetchesState = true;

        // Old blocks do not come; newer ones do.
        network.OnTheWay = (_, message) => message is PeerMessage.BlockDecided { Block: var block } && block.Height <= height ? null : message;
        await network.StartAsync(3, patience.Token);
        Assert.True(network[3].Keeper.IsPartial);
        Assert.Equal((Height.Genesis.Next, height), (network[3].Database.Gap!.Value.First, network[3].Database.Gap!.Value.Last));
        await Assert.ThrowsAsync<Dems.Replication.Ports.StorageException>(async () => await network[3].Store.ReadBlockAsync(Height.Genesis.Next, patience.Token));

        network.FetchesState = false;
        await network.StopAsync(3);
        await network.StartAsync(3, patience.Token);
        Assert.True(network[3].Keeper.IsPartial);
        Assert.Empty(network[3].Found);
        await OrderAsync(network, 9, 8, patience.Token);
        await network.UntilAsync(3, member => member.Replica.Standing.Tip.HeadHash == network[0].Replica.Standing.Tip.HeadHash, "does not follow", patience.Token);

        // Its abstention for the lost row is long over; it signs nothing all the same.
        Assert.True(network[3].Replica.Standing.Ready);
        Assert.Null(await network[3].Database.Safety.TakeOverAsync(patience.Token));
        network.OnTheWay = (_, message) => message;
        await network.UntilAsync(3, member => member.Keeper.IsWhole, "is not filled in", patience.Token);
        await OrderAsync(network, 20, 8, patience.Token);
        Assert.NotNull(await network[3].Database.Safety.TakeOverAsync(patience.Token));
    }

    private static PeerMessage? Tell(Lie lie, PeerMessage message, ref int lies)
    {
        switch (message)
        {
            case PeerMessage.SnapshotOffered { Offer: var offer }:
                Interlocked.Increment(ref lies);
                return new PeerMessage.SnapshotOffered(lie switch
                {
                    Lie.State => offer with { Chunks = [Hash32.Of(Spoil(Known!.Value.Span))] },
                    Lie.Edge => offer with { Edge = [offer.Edge[0] with { Bytes = Spoil(offer.Edge[0].Bytes.Span) }, .. offer.Edge.Skip(1)] },
                    Lie.Header => offer with { Next = offer.Next with { Block = offer.Next.Block with { Header = offer.Next.Block.Header with { StateRoot = Hash32.Of([1]) } } } },
                    _ => offer,
                });
            case PeerMessage.ChunkSent sent:
                return lie switch
                {
                    Lie.State or Lie.Chunk => sent with { Bytes = Spoil(sent.Bytes.Span) },
                    Lie.Silence => null,
                    _ => sent,
                };
            default:
                return message;
        }
    }

    /// <summary>The state that the liar stored last.</summary>
    private static ReadOnlyMemory<byte>? Known { get; set; }

    private static byte[] Spoil(ReadOnlySpan<byte> bytes)
    {
        var spoilt = bytes.ToArray();
        spoilt[^1] ^= 1;
        return spoilt;
    }

    private static async Task OrderAsync(TestNetwork network, int first, int count, CancellationToken cancellationToken)
    {
        for (var i = 0; i < count; i++)
        {
            var entry = network.Entry(0, first + i);
            await network[0].Replica.SubmitAsync([entry], WaitLevel.Promise, cancellationToken);
            for (var member = 0; member < network.Count; member++)
            {
                await network.FinalAsync(member, entry, cancellationToken);
            }
        }
    }

    /// <summary>Stores a member's state and says of which block it is.</summary>
    private static async Task<Height> SaveAsync(TestNetwork network, int member, CancellationToken cancellationToken)
    {
        await network[member].SaveStateAsync(cancellationToken);
        var (height, state) = (await network[member].Database.Snapshots.ReadLatestAsync(new Height(long.MaxValue), cancellationToken))!.Value;
        Known = state;
        return height;
    }

    private static async Task LoseAsync(TestNetwork network, int member)
    {
        await network.StopAsync(member);
        var files = network.FilesOf(member);
        Directory.Delete(files.Folder, recursive: true);
        await ReplicaDatabase.CreateAsync(network.FilesOf(member), network.Chain, CancellationToken.None);
    }

    private static async Task AssertWholeAsync(TestNetwork network, Height height, long entries, CancellationToken cancellationToken)
    {
        await network.UntilAsync(
            3,
            member => member.Keeper.IsWhole && member.Replica.Standing.Tip.HeadHash == network[0].Replica.Standing.Tip.HeadHash,
            "does not hold the whole chain",
            cancellationToken);
        Assert.Equal(height.Next.Value, network[3].Executions.Keys.Min());
        Assert.Equal(network[0].Executor.State.Root, network[3].Executor.State.Root);
        Assert.Empty(network[3].Found);
        Assert.Null(network[3].Database.Gap);
        var verifier = new ChainVerifier(network.Genesis, TestNetwork.Pool, network.Verifier, network);
        var found = await verifier.VerifyAsync(network[3].Store, progress: null, cancellationToken);
        Assert.Null(found.FirstDamage);
        Assert.Equal(entries, found.Entries);
    }
}
