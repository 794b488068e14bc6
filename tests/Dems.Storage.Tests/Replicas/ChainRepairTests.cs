using Dems.Replication.Shell;
using Dems.Replication.Verification;
using Microsoft.Data.Sqlite;

namespace Dems.Storage.Tests.Replicas;

public class ChainRepairTests
{
    [Theory]
    [InlineData("UPDATE body SET bytes = x'80' WHERE id = 4")]
    [InlineData("UPDATE body SET bytes = x'80' WHERE id IN (2, 5, 9)")]
    [InlineData("DELETE FROM block WHERE height = 3")]
    [InlineData("UPDATE tile SET bytes = zeroblob(length(bytes))")]
    public async Task DamagedBlocks_AtStart_AreRepairedFromPeers(string damage)
    {
        using var patience = new CancellationTokenSource(TestNetwork.Patience);
        await using var network = await TestNetwork.StartAsync(4);
        for (var i = 0; i < 12; i++)
        {
            var entry = network.Entry(0, i);
            await network[0].Replica.SubmitAsync([entry], WaitLevel.Promise, patience.Token);
            await network.FinalAsync(3, entry, patience.Token);
        }

        await network.StopAsync(3);
        await ExecuteAsync(network.FilesOf(3), damage);

        await network.StartAsync(3, patience.Token);

        await network.UntilAsync(3, member => member.Keeper.IsWhole, "is not repaired", patience.Token);
        Assert.NotEmpty(network[3].Found);
        var verifier = new ChainVerifier(network.Genesis, TestNetwork.Pool, network.Verifier, network);
        var found = await verifier.VerifyAsync(network[3].Store, progress: null, patience.Token);
        Assert.Null(found.FirstDamage);
        Assert.Equal(12, found.Entries);
    }

    private static async Task ExecuteAsync(ReplicaFiles files, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={files.Database};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.NotEqual(0, await command.ExecuteNonQueryAsync());
    }
}
