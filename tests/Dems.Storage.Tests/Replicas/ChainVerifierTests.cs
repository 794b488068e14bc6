using Dems.Replication.Ports;
using Dems.Replication.Verification;
using Microsoft.Data.Sqlite;

namespace Dems.Storage.Tests.Replicas;

public class ChainVerifierTests
{
    [Fact]
    public async Task SoundChain_FromGenesis_Holds()
    {
        await using var network = await StartAndFillAsync();

        var found = await VerifyAsync(network, network[0].Store);

        Assert.Null(found.FirstDamage);
        Assert.Equal(10, found.Entries);
        Assert.Equal(network[0].Executor.State.Root, found.StateRoot);
    }

    [Theory]
    [InlineData("UPDATE body SET bytes = substr(bytes, 1, length(bytes) - 1) || x'00' WHERE id = 4", "entry")]
    [InlineData("UPDATE body SET bytes = x'80' WHERE id = 4", "entry")]
    public async Task ChangedRow_IsFoundWithItsPlace(string change, string what)
    {
        await using var network = await StartAndFillAsync();
        var files = network.FilesOf(0);
        await network.StopAsync(0);
        await ExecuteAsync(files, change);

        await using var database = await ReplicaDatabase.OpenAsync(files, network.Chain, CancellationToken.None);
        var found = await VerifyAsync(network, database.Chain);

        Assert.NotNull(found.FirstDamage);
        Assert.Equal(what, found.FirstDamage.What);
        Assert.NotNull(found.FirstDamage.Height);
    }

    private static async Task<TestNetwork> StartAndFillAsync()
    {
        using var patience = new CancellationTokenSource(TestNetwork.Patience);
        var network = await TestNetwork.StartAsync(1);
        for (var i = 0; i < 10; i++)
        {
            var entry = network.Entry(0, i);
            await network[0].Replica.SubmitAsync([entry], Replication.Shell.WaitLevel.Promise, patience.Token);
            await network.FinalAsync(0, entry, patience.Token);
        }

        return network;
    }

    private static Task<ChainVerification> VerifyAsync(TestNetwork network, IChainStore store)
    {
        var verifier = new ChainVerifier(network.Genesis, TestNetwork.Pool, network.Verifier, network);
        return verifier.VerifyAsync(store, progress: null, CancellationToken.None);
    }

    private static async Task ExecuteAsync(ReplicaFiles files, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={files.Database};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }
}
