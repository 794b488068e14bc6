using Dems.Core.Consensus;
using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Replication.Machine;
using Dems.Replication.Ports;
using Dems.Simulation.Network;
using Dems.Simulation.Nodes;
using Dems.Simulation.Oracle;
using Dems.Simulation.Workload;
using Dems.Simulation.World;

namespace Dems.Simulation;

/// <summary>A network of members in virtual time.</summary>
internal sealed class Cluster : IReplicaWatcher, IDisposable
{
    private readonly SimulationRandom _random;
    private readonly List<SimulatedReplica> _replicas = [];

    public Cluster(ulong seed, SimulationOptions options)
    {
        _random = new SimulationRandom(seed);
        Trace = new Trace(Loop);
        var count = options.Validators ?? (_random.Chance(700) ? 4 : 7);
        var signers = Enumerable.Range(0, count).Select(i => new KeyedHashSigner($"member {i}")).ToList();
        var genesis = new Genesis
        {
            Network = "simulation",
            CreatedAt = new BlockTime(SimulatedClock.Epoch - 60_000),
            Members = [.. signers.Select((s, i) => new GenesisMember($"member {i}", s.PublicKey))],
            Pools = [new GenesisPool("pool", "Etc/UTC", [Carrier.Electricity])],
        };
        var chain = genesis.ChainOf("pool");
        var network = new SimulatedNetwork(Loop, _random.Fork(), [.. signers.Select(s => s.PublicKey)]);
        network.Deliver = (to, frame) => _replicas[to].Deliver(frame);
        Oracle = new SafetyOracle(count);
        Entries = new EntryBook();
        for (var i = 0; i < count; i++)
        {
            var index = i;
            var identity = new ReplicaIdentity(genesis, chain, i, signers[i], KeyedHashSigner.Verifier);
            var transport = new NodeTransport((to, frame) => network.Send(index, to, frame));
            _replicas.Add(new SimulatedReplica(Loop, Trace, _random.Fork(), identity, new ReplicaLimits(), Entries, this, transport));
            _replicas[i].CreateRow();
        }

        network.Left = (frame, _) => Oracle.Sent(frame);
        Clients = new ClientLoad(Loop, _random.Fork(), chain, Entries, _replicas);
    }

    public EventLoop Loop { get; } = new();

    public Trace Trace { get; }

    public SafetyOracle Oracle { get; }

    public EntryBook Entries { get; }

    public ClientLoad Clients { get; }

    public IReadOnlyList<SimulatedReplica> Replicas => _replicas;

    public SimulationResult Run(ulong seed)
    {
        foreach (var replica in _replicas)
        {
            Loop.After(_random.Between(0, 200_000), replica.Start);
        }

        Clients.Begin(untilMs: 5_000);
        var deadline = 5_000_000L;
        while (Oracle.Violations.Count == 0 && Loop.RunNext(deadline))
        {
        }

        var end = 60_000_000L;
        while (Oracle.Violations.Count == 0 && !Settled() && Loop.RunNext(end))
        {
        }

        if (Oracle.Violations.Count == 0 && !Settled())
        {
            Oracle.Violate($"no progress: heads {string.Join(", ", _replicas.Select(r => r.Disk.Image.Blocks.Count))}, pending {string.Join(", ", _replicas.Select(r => r.Standing?.PendingEntries))}, round {string.Join(", ", _replicas.Select(r => r.Standing?.Round))}");
        }

        return new SimulationResult(
            seed, Oracle.Violations, Trace.Hash(), Loop.Now / 1_000, Loop.Count, Oracle.Blocks, Oracle.Entries, Oracle.Violations.Count > 0 ? Trace.Last() : []);
    }

    public void Committed(int node, DecidedBlock block, ExecutedRoots roots, IReadOnlyList<ReadOnlyMemory<byte>> bodies) => Oracle.Committed(node, block, roots);

    public void Promised(int node, ReplicaEffect.Promised promised) => Oracle.Promised(promised.Contents);

    public void EvidenceFound(int node, Evidence evidence) => Oracle.Violate($"node {node} accuses {evidence.Validator}");

    public void Stopped(int node, string reason) => Oracle.Violate($"node {node} stopped: {reason}");

    public void Crashed(int node)
    {
    }

    public void Dispose() => Trace.Dispose();

    private bool Settled()
    {
        var height = _replicas[0].Disk.Image.Blocks.Count;
        return _replicas.All(r => r.Disk.Image.Blocks.Count == height && r.Disk.Image.LoadPending().Count == 0);
    }
}
