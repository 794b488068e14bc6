using CsCheck;
using Dems.Core.Ledger;
using Dems.Replication.Ports;
using Dems.Storage.Tests.Fixtures;
using Dems.Storage.Tests.Memory;

namespace Dems.Storage.Tests.Conformance;

/// <summary>Random operations on SQLite and on plain collections at once: every answer must be the same. Few signers and sequence numbers, so that contents collide.</summary>
public sealed class StoreModelTests
{
    private const int Contents = 12;

    [Fact]
    public Task Operations_AnySequence_AnswerLikeTheModel() =>
        Gen.Select(Gen.Int[0, 6], Gen.Int[0, int.MaxValue]).Array[5, 40].SampleAsync(
            async operations =>
            {
                await using var store = await SqliteHarness.CreateAsync();
                await using var model = new MemoryHarness();
                var (ofStore, ofModel) = (new Player(store), new Player(model));
                foreach (var (kind, choice) in operations)
                {
                    Assert.Equal(await ofModel.PlayAsync(kind, choice), await ofStore.PlayAsync(kind, choice));
                }

                Assert.Equal(await ofModel.PendingAsync(), await ofStore.PendingAsync());
                Assert.Empty(await store.Chain.ScanAsync(default));
            },
            iter: TestScale.Times(15), threads: 1);

    /// <summary>Plays numbered operations on one store and puts each answer into words.</summary>
    private sealed class Player(StoreHarness store)
    {
        private readonly TestChain _chain = new();
        private int _time;

        public async Task<string> PlayAsync(int kind, int choice)
        {
            _time++;
            switch (kind)
            {
                case 0:
                    return string.Join(" ", await store.Mempool.AdmitAsync([Entry(choice), Entry(choice / 7)], default));
                case 1:
                    return string.Join(" ", await store.Mempool.StoreBodiesAsync([Entry(choice), Entry(choice / 5)], default));
                case 2:
                    return await AppendAsync(choice);
                case 3:
                    return $"{await store.Mempool.ExpireAsync(new BlockTime(_time - 3), default)} expired";
                case 4:
                    await (choice % 2 == 0 ? store.RestartAsync() : store.KillAsync());
                    return await PendingAsync();
                case 5:
                    var byContent = await store.Chain.FindByContentAsync(Entry(choice).Content, default);
                    return $"{byContent?.Index} {byContent?.Leaf} {byContent?.Height}";
                default:
                    var body = await store.Mempool.ReadBodyAsync(Entry(choice).Leaf, default);
                    var byLeaf = await store.Chain.FindByLeafAsync(Entry(choice).Leaf, default);
                    return $"{body?.Length} {byLeaf?.Index} {byLeaf?.Height}";
            }
        }

        public async Task<string> PendingAsync() => string.Join(" ", await store.Mempool.LoadPendingAsync(default));

        private async Task<string> AppendAsync(int choice)
        {
            var pending = await store.Mempool.LoadPendingAsync(default);
            var entries = new List<PooledEntry>();
            foreach (var entry in pending.Where((_, i) => (choice >> (i % 30) & 1) != 0))
            {
                var bytes = await store.Mempool.ReadBodyAsync(entry.Leaf, default);
                entries.Add(new PooledEntry(entry.Leaf, entry.Content, entry.Signer, entry.Sequence, bytes!.Value, entry.ReceivedAt));
            }

            var block = _chain.Decide(entries);
            await store.Chain.AppendAsync(block, default);
            return $"{block.Hash} {(await store.Chain.ReadFrontierAsync(default)).Root}";
        }

        // Two signers with three sequence numbers, two contents for each and two bodies for each content.
        private PooledEntry Entry(int choice)
        {
            var content = choice % Contents;
            return TestChain.Entry(
                [(byte)content, (byte)(choice / Contents % 2)], $"device {content % 2}", content / 2 % 3, $"content {content}", receivedAt: _time);
        }
    }
}
