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
    /// <summary>Virtual time within which every promise is kept once the faults are over.</summary>
    public const int SettleMs = 120_000;

    /// <summary>Blocks after the faults within which every member takes part again.</summary>
    private const int ProbeRounds = 5;

    /// <summary>Events of one run; beyond it members flood each other.</summary>
    public const int MaxEvents = 300_000;

    private readonly ulong _seed;
    private readonly EventLoop _loop = new();
    private readonly Trace _trace;
    private readonly SimulationRandom _random;
    private readonly Scenario _scenario;
    private readonly SimulatedNetwork _network;
    private readonly List<SimulatedReplica> _replicas = [];
    private readonly Dictionary<int, ByzantineBehaviour> _behaviours = [];
    private readonly SafetyOracle _oracle;
    private readonly ClientLoad _clients;
    private readonly FaultInjector _faults;

    public Cluster(ulong seed, SimulationOptions options)
    {
        _seed = seed;
        _random = new SimulationRandom(seed);
        _trace = new Trace(_loop, options.Log);
        _scenario = Scenario.Of(_random.Fork(), options);
        _trace.Add(-1, "scenario", seed, _scenario.ToString);
        _oracle = new SafetyOracle(_trace, _scenario.Validators, [.. _scenario.Byzantine.Keys]);
        var signers = Enumerable.Range(0, _scenario.Validators).Select(i => new KeyedHashSigner($"member {i}")).ToList();
        var genesis = GenesisOf(signers);
        var chain = genesis.ChainOf(genesis.Pools[0].Name);
        _network = new SimulatedNetwork(_loop, _random.Fork(), [.. signers.Select(s => s.PublicKey)]) { Deliver = Deliver };
        var entries = new EntryBook();
        foreach (var signer in signers)
        {
            AddReplica(new ReplicaIdentity(genesis, chain, _replicas.Count, signer, KeyedHashSigner.Verifier), entries, options.Mutation);
        }

        _clients = new ClientLoad(_loop, _random.Fork(), chain, entries, _oracle, _replicas, signers);
        _faults = new FaultInjector(_loop, _trace, _random.Fork(), _scenario, _network, _replicas);
    }

    private IEnumerable<int> Honest => Enumerable.Range(0, _replicas.Count).Where(i => !_scenario.Byzantine.ContainsKey(i));

    /// <summary>Runs to the end: until every promise is kept after the faults, or something went wrong.</summary>
    public SimulationResult Run()
    {
        foreach (var replica in _replicas)
        {
            _loop.After(_random.Below(200_000), replica.Start);
        }

        _faults.Begin();
        _clients.Begin(_scenario.ActiveMs);
        RunUntil(_scenario.ActiveMs, () => false);

        Settle();
        return new SimulationResult(
            _seed,
            _scenario.ToString(),
            _oracle.Violations,
            _trace.Hash(),
            _loop.Now / 1_000,
            _loop.Count,
            _oracle.Blocks,
            _oracle.Entries,
            _faults.Count,
            _oracle.Violations.Count > 0 ? _trace.Last() : []);
    }

    /// <summary>
    /// After the faults: what was promised is on every chain, and every member that is not Byzantine takes part again. Members that lost their row do so two
    /// blocks after the others', so there must be blocks.
    /// </summary>
    private void Settle()
    {
        var end = _scenario.ActiveMs + SettleMs;
        for (var blocks = 0; blocks < ProbeRounds; blocks++)
        {
            // Crashed members come back within three seconds; a probe takes one disk write.
            var probeMs = blocks == 0 ? _scenario.ActiveMs + 3_500 : _loop.Now / 1_000 + 1;
            RunUntil(probeMs, () => false);
            _clients.Probe(Honest);
            RunUntil(probeMs + 100, () => false);
            RunUntil(end, () => _oracle.Missing() is null && Honest.All(i => _replicas[i].Standing is { Ready: true }));
            if (Honest.All(MaySign))
            {
                break;
            }
        }

        if (_oracle.Violations.Count > 0)
        {
            return;
        }

        if (_oracle.Missing() is { } missing)
        {
            _oracle.Violate($"no progress within {SettleMs} ms after the faults: {missing}; {DescribeAll()}");
        }
        else if (!Honest.All(MaySign))
        {
            _oracle.Violate($"a member does not take part {ProbeRounds} blocks after the faults; {DescribeAll()}");
        }
    }

    private bool MaySign(int member) =>
        _replicas[member].Standing is { Ready: true } standing && (standing.AbstainThrough is not { } through || through < standing.Tip.Height.Next);

    private string DescribeAll() => string.Join("; ", Honest.Select(Describe));

    public void Started(int node, IReadOnlyList<DecidedBlock> blocks, ExecutedRoots roots) =>
        _oracle.Started(node, blocks, _scenario.Damaged.ContainsKey(node));

    public void Said(int node, PeerMessage message) => _oracle.Said(node, message);

    public void Committed(int node, DecidedBlock block, ExecutedRoots roots) => _oracle.Committed(node, block, roots);

    public void Promised(int node, ReplicaEffect.Promised promised)
    {
        if (3 * promised.Promises.Select(p => p.Member).Distinct().Count() <= _replicas.Count - 1)
        {
            _oracle.Violate($"member {node} calls promised what {promised.Promises.Count} promised");
        }

        _oracle.Promised(promised.Contents);
    }

    public void EvidenceFound(int node, Evidence evidence) => _oracle.Accused(node, evidence);

    public void Stopped(int node, string reason) => Failed(node, $"stopped: {reason}");

    public void Failed(int node, string how)
    {
        _trace.Add(node, "failed", detail: () => how);
        if (!_scenario.Byzantine.ContainsKey(node))
        {
            _oracle.Violate($"member {node} {how}");
        }
    }

    public void Crashed(int node) => _faults.Crashed(node);

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
        var isByzantine = _scenario.Byzantine.TryGetValue(index, out var kind);
        var transport = new NodeTransport((to, frame) => _network.Send(index, to, frame));
        var outlet = isByzantine ? new NodeTransport((to, frame) => Twist(index, to, frame, identity.Signer)) : transport;
        var replica = new SimulatedReplica(
            _loop, _trace, _random.Fork(), identity, _scenario.Limits, entries, NewExecutor, this, outlet, isByzantine ? Mutation.None : mutation);
        replica.CreateRow();
        _replicas.Add(replica);

        ISimulatedExecutor NewExecutor() => _scenario.ExecutesLedger
            ? new LedgerExecution(identity.Genesis, identity.Genesis.Pools[0].Name)
            : new HashChainExecution(identity.Genesis.Validators);

        if (isByzantine)
        {
            var context = new ByzantineContext(
                identity,
                _random.Fork(),
                replica,
                () => _clients.Make().Bytes.ToArray(),
                (to, messages) => transport.Send(to, PeerFrame.Encode(new PeerFrame(identity.Chain, index, messages), identity.Signer)));
            _behaviours[index] = ByzantineBehaviours.Of(kind, context);
            TickSoon(index);
        }
    }

    private void Twist(int from, int to, ReadOnlyMemory<byte> bytes, ISigner signer)
    {
        var frame = _network.Open(bytes);
        List<PeerMessage> said = [.. frame.Messages.SelectMany(m => _behaviours[from].Outgoing(to, m))];
        if (said.Count > 0)
        {
            _network.Send(from, to, PeerFrame.Encode(frame with { Messages = said }, signer));
        }
    }

    private void TickSoon(int index) => _loop.After(_random.Between(50_000, 400_000), () =>
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

    private void RunUntil(long milliseconds, Func<bool> done)
    {
        while (_oracle.Violations.Count == 0 && !done() && _loop.RunNext(milliseconds * 1_000))
        {
            if (_loop.Count == MaxEvents)
            {
                _oracle.Violate($"more than {MaxEvents} events");
            }
        }
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
