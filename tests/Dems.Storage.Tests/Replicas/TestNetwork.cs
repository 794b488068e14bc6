using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Dems.Core.Consensus;
using Dems.Core.Crypto;
using Dems.Core.Energy;
using Dems.Core.Governance;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Entries;
using Dems.Core.Ledger.Execution;
using Dems.Replication.Machine;
using Dems.Replication.Ports;
using Dems.Replication.Protocol;
using Dems.Replication.Shell;

namespace Dems.Storage.Tests.Replicas;

/// <summary>Members in one process, each with its own SQLite database; frames go straight to the other's inbox, opened and verified as from a socket.</summary>
internal sealed class TestNetwork : IAsyncDisposable, IEntryOpener
{
    public const string Pool = "pool";

    /// <summary>A guard against hanging, not a measure: far beyond what a machine under full load needs.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly string _folder = Directory.CreateTempSubdirectory("dems-replicas-").FullName;
    private readonly TestSigner[] _signers;
    private readonly TestMember?[] _members;

    private TestNetwork(int count, GovernanceRules? governance)
    {
        _signers = [.. Enumerable.Range(0, count).Select(_ => new TestSigner())];
        _members = new TestMember?[count];
        Genesis = new Genesis
        {
            Network = "test",
            CreatedAt = new BlockTime(1_700_000_000_000),
            Members = [.. _signers.Select((s, i) => new GenesisMember($"member-{i}", s.PublicKey))],
            Pools = [new GenesisPool(Pool, "Europe/Vienna", [Carrier.Electricity]) { Governance = governance ?? new GovernanceRules() }],
        };
    }

    public Genesis Genesis { get; }

    public ChainId Chain => Genesis.ChainOf(Pool);

    public TestVerifier Verifier { get; } = new();

    public ReplicaLimits Limits { get; } = new() { BlockIntervalMs = 20 };

    public int Count => _members.Length;

    /// <summary>Whether the members forget each opened entry at once.</summary>
    public bool CachesAreFull { get; private init; }

    /// <summary>Whether a member that starts asks the others for their state first, as one that is far behind does.</summary>
    public bool FetchesState { get; set; }

    /// <summary>What becomes of a message of a member on its way; null if it is lost.</summary>
    public Func<int, PeerMessage, PeerMessage?> OnTheWay { get; set; } = static (_, message) => message;

    public TestMember this[int member] => _members[member]!;

    public ISigner SignerOf(int member) => _signers[member];

    /// <summary>The clock of all members.</summary>
    public ShiftedTime Time { get; } = new();

    /// <summary>What stands between a member's replica and its execution; for members that execute otherwise than the others.</summary>
    public Func<int, IExecutor, IExecutor> Execution { get; init; } = static (_, executor) => executor;

    public static Task<TestNetwork> StartAsync(int count, bool cachesAreFull = false) =>
        StartAsync(new TestNetwork(count, governance: null) { CachesAreFull = cachesAreFull });

    public static Task<TestNetwork> StartAsync(int count, GovernanceRules governance, Func<int, IExecutor, IExecutor>? execution = null) =>
        StartAsync(new TestNetwork(count, governance) { Execution = execution ?? (static (_, executor) => executor) });

    private static async Task<TestNetwork> StartAsync(TestNetwork network)
    {
        var count = network.Count;
        for (var i = 0; i < count; i++)
        {
            await ReplicaDatabase.CreateAsync(network.FilesOf(i), network.Chain, CancellationToken.None);
            await using var database = await ReplicaDatabase.OpenAsync(network.FilesOf(i), network.Chain, CancellationToken.None);
            await database.Safety.CreateAsync(CancellationToken.None);
        }

        for (var i = 0; i < count; i++)
        {
            await network.StartAsync(i, CancellationToken.None);
        }

        return network;
    }

    public ReplicaFiles FilesOf(int member)
    {
        var folder = Path.Combine(_folder, $"member-{member}");
        Directory.CreateDirectory(folder);
        return new ReplicaFiles(folder, Pool);
    }

    public async Task StartAsync(int member, CancellationToken cancellationToken) =>
        _members[member] = await TestMember.StartAsync(this, member, cancellationToken);

    public async Task StopAsync(int member)
    {
        await _members[member]!.DisposeAsync();
        _members[member] = null;
    }

    public TestMember? Find(int member) => _members[member];

    /// <summary>Waits until an entry is final at a member; says where everybody stands if patience ends first.</summary>
    public async Task<StoredEntry?> FinalAsync(int member, OpenedEntry entry, CancellationToken patience)
    {
        try
        {
            return await this[member].Replica.WaitFinalAsync(entry.Content, patience);
        }
        catch (OperationCanceledException e)
        {
            throw TooLate($"Entry {entry.Content} is not final at member {member}.", e);
        }
    }

    /// <summary>Waits until something holds at a member; says where everybody stands if patience ends first.</summary>
    public async Task UntilAsync(int member, Func<TestMember, bool> condition, string what, CancellationToken patience)
    {
        try
        {
            while (!condition(this[member]))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), patience);
            }
        }
        catch (OperationCanceledException e)
        {
            throw TooLate($"Member {member}: {what}.", e);
        }
    }

    private TimeoutException TooLate(string what, OperationCanceledException e)
    {
        var standings = _members.OfType<TestMember>().Select(m => $"member {m.Index}: {m.Replica.Standing}, troubles: {string.Join("; ", m.Troubles)}");
        return new TimeoutException($"{what}\n{string.Join('\n', standings)}", e);
    }

    /// <summary>Lets a member receive frames before it runs.</summary>
    public void Introduce(TestMember member) => _members[member.Index] = member;

    /// <summary>A registration of a party by a member: the smallest entry that applies.</summary>
    public OpenedEntry Entry(int member, long sequence)
    {
        var body = EntryBuilder.PartyRegistration(Chain, new TestSigner(), $"party {sequence}");
        return Sign(body, sequence, SignerOf(member));
    }

    public OpenedEntry Sign(EntryBody body, long sequence, ISigner signer)
    {
        var bytes = EntryBuilder.Sign(body, Chain, sequence, new byte[16], signer);
        return EntryCodec.TryOpen(bytes, Verifier, out var entry, out var error) ? entry : throw new InvalidOperationException(error.ToString());
    }

    public Task<IReadOnlyList<OpenedEntry?>> OpenAsync(IReadOnlyList<ReadOnlyMemory<byte>> bodies, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<OpenedEntry?>>(
            [.. bodies.Select(b => EntryCodec.TryOpen(b, Verifier, out var entry, out _) ? entry : null)]);

    public async ValueTask DisposeAsync()
    {
        foreach (var member in _members)
        {
            if (member is not null)
            {
                await member.DisposeAsync();
            }
        }

        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>One member with its pump running.</summary>
internal sealed class TestMember : IAsyncDisposable, IReplicaObserver, IExecutionObserver, IPeerTransport
{
    private readonly TestNetwork _network;
    private readonly int _index;
    private readonly CancellationTokenSource _stop = new();
    private ReplicaDatabase _database = null!;
    private Task _pump = Task.CompletedTask;

    private TestMember(TestNetwork network, int index) => (_network, _index) = (network, index);

    public int Index => _index;

    public ChainReplica Replica { get; private set; } = null!;

    /// <summary>Keeps the store sound.</summary>
    public StoreKeeper Keeper { get; private set; } = null!;

    /// <summary>What the checks at the start and behind it found.</summary>
    public ConcurrentQueue<Damage> Found { get; } = new();

    /// <summary>What the replica works with.</summary>
    public ReplicaPorts Ports { get; private set; } = null!;

    public LedgerExecutor Executor { get; private set; } = null!;

    public IChainStore Store => _database.Chain;

    public ReplicaDatabase Database => _database;

    /// <summary>Stores the state as it is now; it can be given to others once another block follows.</summary>
    public Task SaveStateAsync(CancellationToken cancellationToken) =>
        _database.Snapshots.SaveAsync(Executor.Roots.Height, StateSnapshot.Export(Executor.State), cancellationToken);

    public ConcurrentQueue<string> Troubles { get; } = new();

    public ConcurrentDictionary<long, IReadOnlyList<EntryResult>> Results { get; } = new();

    public ConcurrentDictionary<long, ExecutionResult> Executions { get; } = new();

    public static async Task<TestMember> StartAsync(TestNetwork network, int index, CancellationToken cancellationToken)
    {
        var member = new TestMember(network, index);
        var opened = await ReplicaDatabase.OpenCheckedAsync(network.FilesOf(index), network.Chain, cancellationToken);
        member._database = opened.Database;
        member.Report(opened.Found);
        member.Keeper = new StoreKeeper(opened, findings => member.Report(findings.Found));
        network.Introduce(member);
        await member.OpenAsync(cancellationToken);
        member._pump = Task.Run(member.PumpAsync, CancellationToken.None);
        return member;
    }

    public void Send(int member, ReadOnlyMemory<byte> frame) => ThreadPool.QueueUserWorkItem(_ =>
    {
        if (PeerFrame.TryOpen(frame, [.. _network.Genesis.Members.Select(m => m.Key)], _network.Verifier, out var opened, out var error))
        {
            var arriving = opened.Messages.Select(message => _network.OnTheWay(opened.From, message)).OfType<PeerMessage>().ToList();
            _network.Find(member)?.Deliver(opened with { Messages = arriving });
        }
        else
        {
            Troubles.Enqueue(error);
        }
    });

    public void Deliver(PeerFrame frame)
    {
        Keeper.TryDeliver(frame);
        Replica?.TryDeliver(frame);
    }

    public void Committed(DecidedBlock block, ExecutedRoots roots)
    {
    }

    public void EvidenceFound(Evidence evidence) => Troubles.Enqueue($"member {_index} found evidence against {evidence.Validator}");

    public void Faulted(Exception fault) => Troubles.Enqueue(fault.ToString());

    public void Stopped(string reason) => Troubles.Enqueue(reason);

    public void Executed(DecidedBlock block, IReadOnlyList<OpenedEntry> entries, ExecutionResult result)
    {
        Results[block.Height.Value] = result.Results;
        Executions[block.Height.Value] = result;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _pump;
        await _database.DisposeAsync();
        _stop.Dispose();
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        await Keeper.MendAsync(cancellationToken);
        var cache = new TestCache { IsFull = _network.CachesAreFull };
        Executor = await RestoreAsync(cache, cancellationToken) ?? LedgerExecutor.AtGenesis(_network.Genesis, TestNetwork.Pool, _database.Mempool, cache, this);
        Ports = new ReplicaPorts(
            _database.Chain, _database.Mempool, _database.Safety, _network.Execution(_index, Executor), this, _network, cache, _network.Time)
        {
            Snapshots = _database.Snapshots,
        };
        if (_network.FetchesState && await Keeper.FetchStateAsync(Identity, Ports, _network.Genesis.Validators, distance: 0, cancellationToken))
        {
            Executor = (await RestoreAsync(cache, cancellationToken))!;
            Ports = Ports with { Executor = Executor };
        }

        await Keeper.RepairAsync(Identity, Ports, cancellationToken);
        Replica = await ChainReplica.OpenAsync(Identity, _network.Limits, Ports, this, Random.Shared.NextInt64(), Keeper.IsPartial, cancellationToken);
    }

    /// <summary>The newest stored state whose root the next header names; null if there is none.</summary>
    private async Task<LedgerExecutor?> RestoreAsync(TestCache cache, CancellationToken cancellationToken)
    {
        if (await _database.Chain.ReadHeadAsync(cancellationToken) is { } head
            && await _database.Snapshots.ReadLatestAsync(head.Height.Previous, cancellationToken) is var (height, bytes)
            && await _database.Chain.ReadBlockAsync(height.Next, cancellationToken) is { } next
            && StateSnapshot.TryImport(bytes, next.Block.Header.StateRoot, out var state, out _))
        {
            return new LedgerExecutor(state, ExecutedRoots.Of(height, state, next.Block.Header.ResultsRoot, changed: true), _database.Mempool, cache, this);
        }

        return null;
    }

    public ReplicaIdentity Identity => new(_network.Genesis, _network.Chain, _index, _network.SignerOf(_index), _network.Verifier);

    private async Task PumpAsync()
    {
        try
        {
            while (await LiveAsync())
            {
                await OpenAsync(_stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }
        catch (Exception e)
        {
            Troubles.Enqueue(e.ToString());
        }
    }

    private async Task<bool> LiveAsync()
    {
        using var life = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var check = CheckAsync(life);
        try
        {
            await Replica.RunAsync(life.Token);
        }
        catch (OperationCanceledException) when (life.IsCancellationRequested)
        {
            // Asked to stop, or to start anew.
        }
        finally
        {
            await life.CancelAsync();
        }

        return await check;
    }

    private async Task<bool> CheckAsync(CancellationTokenSource life)
    {
        try
        {
            if (!await Keeper.CheckAsync(Identity, Ports, inBackground: true, life.Token))
            {
                return false;
            }

            await life.CancelAsync();
            return true;
        }
        catch (OperationCanceledException) when (life.IsCancellationRequested)
        {
            return false;
        }
    }

    private void Report(IReadOnlyList<Damage> found)
    {
        foreach (var damage in found)
        {
            Found.Enqueue(damage);
        }
    }
}

internal sealed class TestCache : IEntryCache
{
    private readonly ConcurrentDictionary<LeafHash, OpenedEntry> _entries = new();

    /// <summary>Keeps nothing, as a full cache would.</summary>
    public bool IsFull { get; init; }

    public void Add(OpenedEntry entry)
    {
        if (!IsFull)
        {
            _entries[entry.Leaf] = entry;
        }
    }

    public bool TryGet(LeafHash leaf, [NotNullWhen(true)] out OpenedEntry? entry) => _entries.TryGetValue(leaf, out entry);

    public void Remove(LeafHash leaf) => _entries.TryRemove(leaf, out _);
}
