using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Entries;
using Dems.Simulation.Nodes;
using Dems.Simulation.Oracle;
using Dems.Simulation.World;

namespace Dems.Simulation.Workload;

/// <summary>Meters that send readings to any member: again to another one when they please, and now and then two contents under one sequence number.</summary>
internal sealed class ClientLoad(
    EventLoop loop, SimulationRandom random, ChainId chain, EntryBook entries, SafetyOracle oracle, IReadOnlyList<SimulatedReplica> replicas)
{
    private const int Meters = 3;

    private readonly KeyedHashSigner[] _keys = [.. Enumerable.Range(0, Meters).Select(i => new KeyedHashSigner($"meter {i}"))];
    private readonly long[] _sequences = new long[Meters];
    private int _made;

    /// <summary>Submits until a time.</summary>
    public void Begin(long untilMs)
    {
        var pace = random.Pick([100, 400, 1_500]);
        Next(untilMs * 1_000, pace);
    }

    /// <summary>Signs one more entry.</summary>
    public OpenedEntry Make() => Make(random.Below(Meters), _sequences[random.Below(Meters)]++);

    /// <summary>One entry for each of these members, at a time when nothing is wrong: each must be ordered.</summary>
    public void Probe(IEnumerable<int> members)
    {
        foreach (var member in members)
        {
            var entry = Make();
            replicas[member].Submit(entry, () => oracle.Promised([entry.Content]));
        }
    }

    private void Next(long until, int pace) => loop.After(random.Between(1_000, pace * 1_000), () =>
    {
        if (loop.Now < until)
        {
            Submit();
            Next(until, pace);
        }
    });

    private void Submit()
    {
        var meter = random.Below(Meters);
        var entry = Make(meter, _sequences[meter]);
        random.Pick(replicas).Submit(entry, () => { });
        if (random.Chance(200))
        {
            loop.After(random.Between(1_000, 2_000_000), () => random.Pick(replicas).Submit(entry, () => { }));
        }

        if (random.Chance(100))
        {
            random.Pick(replicas).Submit(Make(meter, _sequences[meter]), () => { });
        }

        _sequences[meter]++;
    }

    private OpenedEntry Make(int meter, long sequence)
    {
        var key = _keys[meter];
        var run = new ReadingRun(Register.Import, SimulatedClock.Epoch / 1_000 + sequence * 900, 900, Quality.Measured, 0, new long[] { random.Below(1_000) });
        var salt = new byte[OpenedEntry.SaltSize];
        BitConverter.TryWriteBytes(salt, ++_made);
        var entry = entries.Open(EntryBuilder.Sign(new ReadingBatch(NodeAddress.Of(key.PublicKey), [run]), chain, sequence, salt, key))!;
        oracle.Submitted(entry.Leaf, entry.Content);
        return entry;
    }
}
