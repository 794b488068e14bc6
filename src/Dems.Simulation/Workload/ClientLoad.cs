using System.Buffers.Binary;
using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Entries;
using Dems.Simulation.Nodes;
using Dems.Simulation.Oracle;
using Dems.Simulation.World;

namespace Dems.Simulation.Workload;

/// <summary>
/// Meters that send readings to any member, after having been registered there: again to another one when they please, and now and then two contents
/// under one sequence number.
/// </summary>
internal sealed class ClientLoad(
    EventLoop loop,
    SimulationRandom random,
    ChainId chain,
    EntryBook entries,
    SafetyOracle oracle,
    IReadOnlyList<SimulatedReplica> replicas,
    IReadOnlyList<KeyedHashSigner> members)
{
    private const int Meters = 3;

    private static readonly EnergySource Source = new("grid", Carrier.Electricity, SourceKind.Grid, 10_000, 0);

    private readonly KeyedHashSigner[] _keys = [.. Enumerable.Range(0, Meters).Select(i => new KeyedHashSigner($"meter {i}"))];
    private readonly long[] _sequences = new long[Meters];
    private int _made;

    /// <summary>Submits until a time.</summary>
    public void Begin(long untilMs)
    {
        for (var meter = 0; meter < Meters; meter++)
        {
            Register(meter);
        }

        Next(untilMs * 1_000, random.Pick([100, 400, 1_500]));
    }

    /// <summary>Signs one more batch.</summary>
    public OpenedEntry Make()
    {
        var meter = random.Below(Meters);
        return MakeBatch(meter, _sequences[meter]++);
    }

    /// <summary>One entry for each of these members, at a time when nothing is wrong: each must be ordered.</summary>
    public void Probe(IEnumerable<int> at)
    {
        foreach (var member in at)
        {
            var entry = Make();
            replicas[member].Submit(entry, () => oracle.Promised([entry.Content]));
        }
    }

    private void Register(int meter)
    {
        var party = new KeyedHashSigner($"party {meter}");
        var admitted = EntryBuilder.PartyRegistration(chain, party, $"party {meter}");
        var node = EntryBuilder.NodeRegistration(chain, _keys[meter], $"AT00000000000000000000000000000{meter}", NodeAddress.Of(party.PublicKey), [Source], 0);
        SubmitSoon(Sign(admitted, 0, members[meter % members.Count]));
        SubmitSoon(Sign(node, 0, party));
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
        var entry = MakeBatch(meter, _sequences[meter]);
        random.Pick(replicas).Submit(entry, () => { });
        if (random.Chance(200))
        {
            SubmitSoon(entry);
        }

        if (random.Chance(100))
        {
            random.Pick(replicas).Submit(MakeBatch(meter, _sequences[meter]), () => { });
        }

        _sequences[meter]++;
    }

    private void SubmitSoon(OpenedEntry entry) =>
        loop.After(random.Between(300_000, 2_000_000), () => random.Pick(replicas).Submit(entry, () => { }));

    private OpenedEntry MakeBatch(int meter, long sequence)
    {
        var run = new ReadingRun(
            Core.Energy.Register.Import, SimulatedClock.Epoch / 1_000 + sequence * 900, 900, Quality.Measured, 0, new long[] { random.Below(1_000) });
        return Sign(new ReadingBatch(NodeAddress.Of(_keys[meter].PublicKey), [run]), sequence, _keys[meter]);
    }

    private OpenedEntry Sign(EntryBody body, long sequence, KeyedHashSigner key)
    {
        var salt = new byte[OpenedEntry.SaltSize];
        BinaryPrimitives.WriteInt32LittleEndian(salt, ++_made);
        var entry = entries.Open(EntryBuilder.Sign(body, chain, sequence, salt, key))
            ?? throw new InvalidOperationException($"A {body.Kind} that the simulation signed does not open.");
        oracle.Submitted(entry.Leaf, entry.Content);
        return entry;
    }
}
