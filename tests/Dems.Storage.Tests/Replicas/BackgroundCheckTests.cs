using Dems.Core.Ledger;
using Dems.Replication.Ports;
using Dems.Replication.Protocol;
using Dems.Replication.Shell;
using Microsoft.Data.Sqlite;

namespace Dems.Storage.Tests.Replicas;

/// <summary>Damage that a start does not meet is found and repaired while the member votes; until then no peer gets it.</summary>
public class BackgroundCheckTests
{
    private const int Entries = 12;

    // Neither executing the chain nor the tail's check reads the order of an old entry.
    private const string OldDamage = "UPDATE entry SET height = height + 1 WHERE position = 2";

    [Fact]
    public async Task OldBlock_Damaged_IsRepairedBehindARunningReplica()
    {
        using var patience = new CancellationTokenSource(TestNetwork.Patience);
        await using var network = await FilledAsync(patience.Token);
        await network.StopAsync(3);
        await SpoilAsync(network.FilesOf(3));
        await network.StopAsync(2);

        await network.StartAsync(3, patience.Token);
        var last = network.Entry(0, Entries);
        await network[0].Replica.SubmitAsync([last], WaitLevel.Promise, patience.Token);

        // With member 2 gone, nothing is final without the vote of member 3.
        Assert.NotNull(await network.FinalAsync(3, last, patience.Token));
        await network.UntilAsync(3, member => member.Keeper.IsWhole, "is not repaired", patience.Token);
        Assert.Equal("entry", Assert.Single(network[3].Found).What);
        Assert.Empty(await network[3].Store.ScanAsync(patience.Token));
        Assert.Empty(network[3].Troubles);
    }

    [Fact]
    public async Task OldBlock_DamagedAndAskedForByAPeer_IsNotServedUntilRepaired()
    {
        using var patience = new CancellationTokenSource(TestNetwork.Patience);
        await using var network = await FilledAsync(patience.Token);
        var height = (await network[0].Store.ReadEntriesAsync(2, 1, patience.Token))[0].Height;
        for (var i = 0; i < network.Count; i++)
        {
            await network.StopAsync(i);
        }

        await SpoilAsync(network.FilesOf(3));
        await RecreateAsync(network, 2);

        // Whoever lost its folder has only the damaged member to ask, and that one nobody.
        await network.StartAsync(3, patience.Token);
        await network.StartAsync(2, patience.Token);
        await network.UntilAsync(3, member => member.Troubles.Any(trouble => trouble.Contains(nameof(DamageException), StringComparison.Ordinal)), "was not asked", patience.Token);
        await network.UntilAsync(2, member => member.Replica.Standing.Tip.Height == height.Previous, "did not get what is sound", patience.Token);
        Assert.Null(await network[2].Store.ReadBlockAsync(height, patience.Token));
        Assert.False(network[3].Keeper.IsWhole);

        await network.StartAsync(0, patience.Token);
        await network.UntilAsync(3, member => member.Keeper.IsWhole, "is not repaired", patience.Token);
        await network.UntilAsync(2, member => member.Replica.Standing.Tip.HeadHash == network[0].Replica.Standing.Tip.HeadHash, "did not catch up", patience.Token);
        Assert.Empty(await network[2].Store.ScanAsync(patience.Token));
        Assert.Empty(await network[3].Store.ScanAsync(patience.Token));
    }

    [Fact]
    public async Task Repair_CertifiedHeaderWithOtherLeaves_IsNotTaken()
    {
        using var patience = new CancellationTokenSource(TestNetwork.Patience);
        await using var network = await FilledAsync(patience.Token);
        var entries = await network[0].Store.ReadEntriesAsync(0, Entries, patience.Token);
        var (damaged, other) = (entries[2], entries.First(entry => entry.Height > entries[2].Height));
        var truth = await AnswerAsync(network, damaged.Height, patience.Token);
        var substitute = await AnswerAsync(network, other.Height, patience.Token);
        var lie = new PeerMessage.BlockDecided(truth.Block with { Block = truth.Block.Block with { Leaves = substitute.Block.Block.Leaves } }, substitute.Bodies);
        for (var i = 0; i < network.Count; i++)
        {
            await network.StopAsync(i);
        }

        await SpoilAsync(network.FilesOf(3));
        await network.StartAsync(3, patience.Token);
        await network.UntilAsync(3, member => member.Keeper.TakesFrames, "does not repair", patience.Token);
        Assert.True(network[3].Keeper.TryDeliver(new PeerFrame(network.Chain, 1, [lie])));
        Assert.True(network[3].Keeper.TryDeliver(new PeerFrame(network.Chain, 2, [truth])));

        // Had the lie been taken, there would be nothing left to repair, and the scan would find other leaves than the header commits to.
        await network.UntilAsync(3, member => member.Keeper.IsWhole, "is not repaired", patience.Token);
        Assert.Empty(await network[3].Store.ScanAsync(patience.Token));
    }

    [Fact]
    public async Task Index_Damaged_TheFileIsReplacedAndTheReplicaStartsAnew()
    {
        using var patience = new CancellationTokenSource(TestNetwork.Patience);
        await using var network = await FilledAsync(patience.Token);
        await network.StopAsync(3);
        await ZeroRootOfAsync(network.FilesOf(3), "body_content");

        await network.StartAsync(3, patience.Token);
        await network.UntilAsync(3, member => member.Keeper.IsWhole, "is not repaired", patience.Token);
        await network.StopAsync(2);
        var last = network.Entry(0, Entries);
        await network[0].Replica.SubmitAsync([last], WaitLevel.Promise, patience.Token);

        Assert.NotNull(await network.FinalAsync(3, last, patience.Token));
        Assert.Contains(network[3].Found, damage => damage.What == "page");
        Assert.True(File.Exists($"{network.FilesOf(3).Database}.damaged-1"));
        Assert.Empty(await network[3].Store.ScanAsync(patience.Token));
    }

    private static async Task<TestNetwork> FilledAsync(CancellationToken cancellationToken)
    {
        var network = await TestNetwork.StartAsync(4);
        for (var i = 0; i < Entries; i++)
        {
            var entry = network.Entry(0, i);
            await network[0].Replica.SubmitAsync([entry], WaitLevel.Promise, cancellationToken);
            for (var member = 0; member < network.Count; member++)
            {
                await network.FinalAsync(member, entry, cancellationToken);
            }
        }

        return network;
    }

    private static async Task<PeerMessage.BlockDecided> AnswerAsync(TestNetwork network, Height height, CancellationToken cancellationToken)
    {
        var block = (await network[0].Store.ReadBlockAsync(height, cancellationToken))!;
        var entries = await network[0].Store.ReadEntriesAsync(block.FirstIndex, block.Block.Leaves.Count, cancellationToken);
        return new PeerMessage.BlockDecided(block, [.. entries.Select(entry => entry.Bytes)]);
    }

    /// <summary>Damages an old entry, and makes the store believe that a start goes on from a newer snapshot.</summary>
    private static async Task SpoilAsync(ReplicaFiles files)
    {
        await ExecuteAsync(files, OldDamage);
        Directory.CreateDirectory(files.Snapshots);
        await using var store = await ReplicaDatabase.OpenAsync(files, await ChainOfAsync(files), CancellationToken.None);
        var head = await store.Chain.ReadHeadAsync(CancellationToken.None);
        await store.Snapshots.SaveAsync(head!.Height.Previous, new byte[1], CancellationToken.None);
    }

    private static async Task RecreateAsync(TestNetwork network, int member)
    {
        var files = network.FilesOf(member);
        Directory.Delete(files.Folder, recursive: true);
        await ReplicaDatabase.CreateAsync(network.FilesOf(member), network.Chain, CancellationToken.None);
    }

    private static async Task ZeroRootOfAsync(ReplicaFiles files, string index)
    {
        await (await ReplicaDatabase.OpenAsync(files, await ChainOfAsync(files), CancellationToken.None)).DisposeAsync();
        var (root, size) = ((long)(await ScalarAsync(files, $"SELECT rootpage FROM sqlite_schema WHERE name = '{index}'"))!, (long)(await ScalarAsync(files, "PRAGMA page_size"))!);
        await using var stream = new FileStream(files.Database, FileMode.Open);
        stream.Position = (root - 1) * size;
        stream.Write(new byte[size]);
    }

    private static async Task<ChainId> ChainOfAsync(ReplicaFiles files) => new(new Core.Hash32((byte[])(await ScalarAsync(files, "SELECT chain FROM store"))!));

    private static async Task<object?> ScalarAsync(ReplicaFiles files, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={files.Database};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are this test's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync();
    }

    private static async Task ExecuteAsync(ReplicaFiles files, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={files.Database};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are this test's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        Assert.NotEqual(0, await command.ExecuteNonQueryAsync());
    }
}
