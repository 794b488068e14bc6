using Dems.Core.Consensus;
using Dems.Core.Crypto;
using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Replication.Machine;
using Dems.Replication.Ports;
using Dems.Replication.Protocol;
using Dems.Simulation.Byzantine;
using Dems.Simulation.Faults;
using Dems.Simulation.Network;
using Dems.Simulation.Nodes;
using Dems.Simulation.Oracle;
using Dems.Simulation.Workload;
using Dems.Simulation.World;

namespace Dems.Simulation;

/// <summary>A network of members in virtual time, with everything that is around it.</summary>
internal sealed class Cluster : IReplicaWatcher, IDisposable
{
    /// <summary>Events of one run; beyond it members flood each other.</summary>
    public const int MaxEvents = 300_000;

    private readonly Trace _trace;
    private readonly SimulationRandom _random;
    private readonly List<SimulatedReplica> _replicas = [];
    private readonly Dictionary<int, ByzantineBehaviour> _behaviours = [];

    public Cluster(SimulationRandom random, Scenario scenario, Mutation mutation, Action<string>? log)
    {
        _random = random;
        _trace = new Trace(Loop, log);
        Scenario = scenario;
        _trace.Add(-1, "scenario", detail: Scenario.ToString);
        Oracle = new SafetyOracle(_trace, Scenario.Validators, [.. Scenario.Byzantine.Keys]);
        var signers = Enumerable.Range(0, Scenario.Validators).Select(i => new KeyedHashSigner($"member {i}")).ToList();
        var genesis = GenesisOf(signers);
        var chain = genesis.ChainOf(genesis.Pools[0].Name);
        Network = new SimulatedNetwork(Loop, _random.Fork(), [.. signers.Select(s => s.PublicKey)]) { Deliver = Deliver };
        var entries = new EntryBook();
        foreach (var signer in signers)
        {
            AddReplica(new ReplicaIdentity(genesis, chain, _replicas.Count, signer, KeyedHashSigner.Verifier), entries, mutation);
        }

        Clients = new ClientLoad(Loop, _random.Fork(), chain, entries, Oracle, _replicas, signers);
    }

    public EventLoop Loop { get; } = new();

    public Scenario Scenario { get; }

    public Trace Trace => _trace;

    public SimulatedNetwork Network { get; }

    public SafetyOracle Oracle { get; }

    public Sightings Sightings { get; } = new();

    public ClientLoad Clients { get; }

    public IReadOnlyList<SimulatedReplica> Replicas => _replicas;

    /// <summary>Members that are not Byzantine.</summary>
    public IEnumerable<int> Honest => Enumerable.Range(0, _replicas.Count).Where(i => !Scenario.Byzantine.ContainsKey(i));

    /// <summary>Called when a process died.</summary>
    public Action<int>? OnCrash { get; set; }

    public void Start()
    {
        foreach (var replica in _replicas)
        {
            Loop.After(_random.Below(200_000), replica.Start);
        }
    }

    /// <summary>Lets time pass, to a time or until something is done, and no further than the first violation.</summary>
    public void RunUntil(long milliseconds, Func<bool>? done = null)
    {
        while (Oracle.Violations.Count == 0 && done?.Invoke() != true && Loop.RunNext(milliseconds * 1_000))
        {
            if (Loop.Count == MaxEvents)
            {
                Oracle.Violate($"more than {MaxEvents} events");
            }
        }
    }

    /// <summary>Whether a member may vote on the next block.</summary>
    public bool MaySign(int member) =>
        _replicas[member].Standing is { Ready: true } standing && (standing.AbstainThrough is not { } through || through < standing.Tip.Height.Next);

    public string Describe() => string.Join("; ", Honest.Select(Describe));

    public void Started(int node, IReadOnlyList<DecidedBlock> blocks, SafetyRow? row)
    {
        Sightings.Started(row);
        Oracle.Started(node, blocks, Scenario.Damaged.ContainsKey(node));
    }

    public void Said(int node, PeerMessage message) => Oracle.Said(node, message);

    public void Committed(int node, DecidedBlock block, ExecutedRoots roots)
    {
        Sightings.Committed(block, _replicas[node].Standing);
        Oracle.Committed(node, block, roots);
    }

    public void Promised(int node, ReplicaEffect.Promised promised)
    {
        if (3 * promised.Promises.Select(p => p.Member).Distinct().Count() <= _replicas.Count - 1)
        {
            Oracle.Violate($"member {node} calls promised what {promised.Promises.Count} promised");
        }

        Sightings.Add("promise", promised.Contents.Count);
        Oracle.Promised(promised.Contents);
    }

    public void EvidenceFound(int node, Evidence evidence)
    {
        Sightings.Add("evidence");
        Oracle.Accused(node, evidence);
    }

    public void Stopped(int node, string reason) => Failed(node, $"stopped: {reason}");

    public void Failed(int node, string how)
    {
        _trace.Add(node, "failed", detail: () => how);
        if (!Scenario.Byzantine.ContainsKey(node))
        {
            Oracle.Violate($"member {node} {how}");
        }
    }

    public void Crashed(int node) => OnCrash?.Invoke(node);

    public void Dispose() => _trace.Dispose();

    private static Genesis GenesisOf(IEnumerable<KeyedHashSigner> signers) => new()
    {
        Network = "simulation",
        CreatedAt = new BlockTime(SimulatedClock.Epoch - 60_000),
        Members = [.. signers.Select((s, i) => new GenesisMember($"member {i}", s.PublicKey))],
        Pools = [new GenesisPool("pool", "Etc/UTC", [Carrier.Electricity])],
    };

    private void AddReplica(ReplicaIdentity identity, EntryBook entries, Mutation mutation)
    {
        var index = identity.Member;
        var isByzantine = Scenario.Byzantine.TryGetValue(index, out var kind);
        var transport = new NodeTransport((to, frame) => Network.Send(index, to, frame));
        var outlet = isByzantine ? new NodeTransport((to, frame) => Twist(index, to, frame, identity.Signer)) : transport;
        var replica = new SimulatedReplica(
            Loop, _trace, _random.Fork(), identity, Scenario.Limits, entries, NewExecutor, this, outlet, isByzantine ? Mutation.None : mutation);
        replica.CreateRow();
        _replicas.Add(replica);

        ISimulatedExecutor NewExecutor() => Scenario.ExecutesLedger
            ? new LedgerExecution(identity.Genesis, identity.Genesis.Pools[0].Name)
            : new HashChainExecution(identity.Genesis.Validators);

        if (isByzantine)
        {
            var context = new ByzantineContext(
                identity,
                _random.Fork(),
                replica,
                () => Clients.Make().Bytes.ToArray(),
                (to, messages) => transport.Send(to, PeerFrame.Encode(new PeerFrame(identity.Chain, index, messages), identity.Signer)),
                transport.Send);
            _behaviours[index] = ByzantineBehaviours.Of(kind, context);
            TickSoon(index);
        }
    }

    private void Twist(int from, int to, ReadOnlyMemory<byte> bytes, ISigner signer)
    {
        var frame = Network.Open(bytes) ?? throw new InvalidOperationException($"The replica of member {from} made a frame that does not open.");
        List<PeerMessage> said = [.. frame.Messages.SelectMany(m => _behaviours[from].Outgoing(to, m))];
        if (said.Count > 0)
        {
            Network.Send(from, to, PeerFrame.Encode(frame with { Messages = said }, signer));
        }
    }

    private void TickSoon(int index) => Loop.After(_random.Between(50_000, 400_000), () =>
    {
        _behaviours[index].Tick();
        TickSoon(index);
    });

    private void Deliver(int to, PeerFrame frame)
    {
        _trace.Add(to, "frame", (ulong)(frame.From * 1_000 + frame.Messages.Count), () => $"from {frame.From}: {string.Join(", ", frame.Messages.Select(Describe))}");
        if (_behaviours.TryGetValue(to, out var behaviour))
        {
            behaviour.Incoming(frame);
        }

        _replicas[to].Deliver(frame);
    }

    private string Describe(int member)
    {
        var standing = _replicas[member].Standing;
        return standing is null
            ? $"member {member} is down"
            : $"member {member} at {standing.Tip.Height}, round {standing.Round} {standing.Step}, {standing.PendingEntries} pending, ready {standing.Ready}, abstains through {standing.AbstainThrough}";
    }

    private static string Describe(PeerMessage message) => message switch
    {
        PeerMessage.VoteCast { Vote: var v } => $"{v.Type} of {v.Validator} at {v.Height}/{v.Round} for {(v.IsNil ? "nil" : v.Block.ToString()[..8])}",
        PeerMessage.BlockProposed { Proposal: var p } => $"proposal at {p.Height}/{p.Round} of {p.BlockHash.ToString()[..8]} from round {p.ValidRound}, {p.Block.Leaves.Count} entries",
        PeerMessage.EntriesSent m => $"{m.Entries.Count} bodies",
        PeerMessage.Standing m => $"at {m.Head}/{m.Round}{(m.Stuck ? " stuck" : "")}",
        PeerMessage.BlockDecided m => $"block {m.Block.Height}",
        PeerMessage.BlocksWanted m => $"wants blocks from {m.From}",
        PeerMessage.BodiesWanted m => $"wants {m.Leaves.Count} bodies",
        PeerMessage.VotesReported m => $"reports head {m.Head}, seen {m.Seen}",
        _ => message.GetType().Name,
    };
}
