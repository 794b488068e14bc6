using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Entries;
using Dems.Simulation.Nodes;
using Dems.Simulation.World;

namespace Dems.Simulation.Workload;

internal sealed class ClientLoad(EventLoop loop, SimulationRandom random, ChainId chain, EntryBook entries, IReadOnlyList<SimulatedReplica> replicas)
{
    private readonly KeyedHashSigner _key = new("meter");
    private long _sequence;

    public void Begin(long untilMs) => Next(untilMs * 1_000);

    private void Next(long until) => loop.After(random.Between(10_000, 700_000), () =>
    {
        if (loop.Now < until)
        {
            Submit();
            Next(until);
        }
    });

    private void Submit()
    {
        var run = new ReadingRun(Register.Import, SimulatedClock.Epoch / 1_000 + _sequence * 900, 900, Quality.Measured, 0, new long[] { random.Below(1_000) });
        var salt = new byte[OpenedEntry.SaltSize];
        salt[0] = (byte)_sequence;
        var bytes = EntryBuilder.Sign(new ReadingBatch(NodeAddress.Of(_key.PublicKey), [run]), chain, _sequence++, salt, _key);
        random.Pick(replicas).Submit(entries.Open(bytes)!);
    }
}
