using Dems.Cli.Chaos;
using Dems.Cli.Demo;
using Dems.Cli.Network;
using Dems.Cli.Output;
using Dems.Core.Energy;
using Dems.Core.Ledger.Entries;
using Dems.Grains.Crypto;
using Dems.Grains.Hosting;
using Dems.Replication.Shell;
using Dems.Storage;

namespace Dems.Cli.Flips;

/// <summary>
/// A network of four whose members agreed on a day of energy, with copies of their folders: of the victim as a stopped process leaves it (all in the database file) and
/// as a killed one does (the newest part in the log), and of all as they were when the victim had just voted and every message was lost.
/// </summary>
internal sealed class FlipStage : IAsyncDisposable
{
    /// <summary>The member whose disk fails.</summary>
    public const int Victim = 3;

    public const int Members = 4;

    /// <summary>Above every sequence number of the demo's import, and inside its signer's window.</summary>
    private const long FirstSequence = 4_000;

    private static readonly TimeSpan PollPeriod = TimeSpan.FromMilliseconds(2);

    private readonly FlipsOptions _options;
    private readonly TimeProvider _time;
    private readonly string _directory;
    private readonly Es256Signer _gateway;
    private readonly BatchPlan _plan;

    private FlipStage(FlipsOptions options, TimeProvider time, string directory)
    {
        (_options, _time, _directory) = (options, time, directory);
        Peers = new BareNetwork(NetworkDirectory, signedBefore: []);
        _gateway = LoadKey(Path.Combine(NetworkDirectory, "keys", "gateway.pem"));
        _plan = new BatchPlan(Peers.Chain, _gateway, NodesBelow(Path.Combine(NetworkDirectory, "keys")), readingsPerBatch: 24, FirstSequence);
    }

    /// <summary>The network; after the preparation its members run, all but the victim.</summary>
    public BareNetwork Peers { get; }

    /// <summary>What was signed before the messages were lost.</summary>
    public IReadOnlyList<SignedMessage> SignedBeforeFreezing { get; private set; } = [];

    /// <summary>The victim's folder as a stopped process leaves it.</summary>
    public ReplicaFiles Stopped => FilesIn("stopped");

    /// <summary>The victim's folder as a killed process leaves it.</summary>
    public ReplicaFiles Killed => FilesIn("killed");

    public string NetworkDirectory => Path.Combine(_directory, "network");

    /// <summary>The members' folders as they were when every message was lost.</summary>
    public string FrozenDirectory => Path.Combine(_directory, "frozen");

    public static async Task<FlipStage> PrepareAsync(FlipsOptions options, Reporter reporter, TimeProvider time, CancellationToken cancellationToken)
    {
        var directory = Path.GetFullPath(options.Data ?? Directory.CreateTempSubdirectory("dems-flips-").FullName);
        var network = Path.Combine(directory, "network");
        var demo = new DemoOptions { Members = Members, Homes = options.Homes, Seed = (ulong)options.Seed, BatchSize = 24, Once = true };
        var summary = await new DemoRun(demo, reporter, time).PlayAsync(network, cancellationToken);
        if (!summary.IsGood)
        {
            throw new CommandException(ExitCodes.Failed, $"The demo network did not agree; see {network}.");
        }

        var stage = new FlipStage(options, time, directory);
        try
        {
            await stage.CopyFoldersAsync(cancellationToken);
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }

        return stage;
    }

    /// <summary>The chain's files in one of the folders below the directory.</summary>
    public ReplicaFiles FilesIn(string folder) => MemberFolder.FilesOf(Path.Combine(_directory, folder), Peers.Pool);

    /// <summary>The next batch, signed by the demo's gateway.</summary>
    public OpenedEntry NextBatch() => _plan.Next();

    /// <summary>Waits until all running members stand at one block with nothing left to do.</summary>
    public Task SettleAsync(BareNetwork network, CancellationToken cancellationToken) => WaitAsync(
        () => network.Running.Select(member => member.Standing).ToList() is var all
            && all.TrueForAll(s => s is { PendingEntries: 0, Round: -1, Behind: false, Tip.Roots.Changed: false } && s.Tip.HeadHash == all[0].Tip.HeadHash),
        "the members did not come to rest",
        cancellationToken);

    /// <summary>Waits until something holds, within the patience.</summary>
    public async Task WaitAsync(Func<bool> holds, string otherwise, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        while (!holds())
        {
            if (_time.GetElapsedTime(started) > _options.Patience)
            {
                throw new CommandException(ExitCodes.Failed, $"{otherwise} within {_options.Patience.TotalSeconds} s");
            }

            await Task.Delay(PollPeriod, _time, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Peers.DisposeAsync();
        _gateway.Dispose();
    }

    private async Task CopyFoldersAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; i < Members; i++)
        {
            await Peers.StartAsync(i, MemberFolder.FilesOf(NetworkFolder.MemberOf(NetworkDirectory, i), Peers.Pool), cancellationToken);
        }

        for (var i = 0; i < _options.Batches; i += Members)
        {
            await Peers.Running.First().Replica.SubmitAsync([.. Enumerable.Range(0, Members).Select(_ => NextBatch())], WaitLevel.Promise, cancellationToken);
        }

        await SettleAsync(Peers, cancellationToken);
        var killed = Path.Combine(_directory, "before-freezing");
        for (var i = 0; i < Members; i++)
        {
            FolderCopy.Make(NetworkFolder.MemberOf(NetworkDirectory, i), NetworkFolder.MemberOf(killed, i));
        }

        FolderCopy.Make(NetworkFolder.MemberOf(killed, Victim), Killed.Folder);
        await Peers.StopAsync(Victim);
        FolderCopy.Make(NetworkFolder.MemberOf(NetworkDirectory, Victim), Stopped.Folder);
        await FreezeAsync(killed, cancellationToken);
    }

    // Everybody is stopped in the middle of a height: the victim's vote for it was the last message that left anybody.
    private async Task FreezeAsync(string directory, CancellationToken cancellationToken)
    {
        var head = Peers.Running.First().Standing.Tip.Height.Value;
        await using var network = new BareNetwork(directory, Peers.Signed, message => message.Validator == Victim && message.Height > head && message.Kind == 2);
        for (var i = 0; i < Members; i++)
        {
            await network.StartAsync(i, MemberFolder.FilesOf(NetworkFolder.MemberOf(directory, i), network.Pool), cancellationToken);
        }

        await WaitAsync(() => network.Running.All(member => member.Standing.Ready), "the members did not become ready", cancellationToken);
        await network.Running.First().Replica.SubmitAsync([NextBatch()], WaitLevel.Local, cancellationToken);
        await WaitAsync(() => network.IsCut, "the victim did not vote", cancellationToken);
        for (var i = 0; i < Members; i++)
        {
            FolderCopy.Make(NetworkFolder.MemberOf(directory, i), NetworkFolder.MemberOf(FrozenDirectory, i));
        }

        SignedBeforeFreezing = network.Signed;
    }

    private static List<NodeAddress> NodesBelow(string keys)
    {
        var nodes = new List<NodeAddress>();
        foreach (var path in Directory.EnumerateFiles(keys, "node*.pem").Order(StringComparer.Ordinal))
        {
            using var key = LoadKey(path);
            nodes.Add(NodeAddress.Of(key.PublicKey));
        }

        return nodes;
    }

    private static Es256Signer LoadKey(string path) =>
        KeyFile.TryLoad(path, out var key, out var error) ? key : throw new CommandException(ExitCodes.Usage, error);
}
