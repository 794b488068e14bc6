using System.Globalization;
using Dems.Cli.Client;
using Dems.Cli.Network;
using Dems.Contracts.Queries;
using Dems.Core.Ledger;

namespace Dems.Cli.Chaos;

/// <summary>A new network on loopback with one process per member. Whatever happens, its processes are dead when it is disposed.</summary>
internal sealed class ChaosNetwork : IAsyncDisposable
{
    public const string Pool = "community";

    private static readonly TimeSpan QueryBound = TimeSpan.FromSeconds(5);

    private readonly List<MemberProcess> _members = [];
    private readonly List<MemberClient> _clients = [];
    private readonly List<IReadOnlyDictionary<string, string>> _configurations = [];

    private ChaosNetwork(string directory, Genesis genesis) => (Directory, Genesis) = (directory, genesis);

    /// <summary>Holds the members' folders, their logs and the keys of who submits.</summary>
    public string Directory { get; }

    public Genesis Genesis { get; }

    public ChainId Chain => Genesis.ChainOf(Pool);

    public IReadOnlyList<MemberProcess> Members => _members;

    /// <summary>Makes keys, genesis, stores and configurations; starts nothing.</summary>
    public static async Task<ChaosNetwork> FoundAsync(string directory, int members, TimeProvider time, CancellationToken cancellationToken)
    {
        if (NetworkFolder.CountMembers(directory) > 0)
        {
            throw new CommandException(ExitCodes.Usage, $"{directory} holds a network already. Chaos destroys folders: give it a new one.");
        }

        var genesis = await NetworkFolder.CreateAsync(directory, "chaos", members, [NetworkFolder.CommunityPool(Pool)], time, cancellationToken);
        var network = new ChaosNetwork(directory, genesis);
        var logs = System.IO.Directory.CreateDirectory(Path.Combine(directory, "logs")).FullName;
        var ports = SteadyPorts.Take(3 * members);
        string[] peers = [.. ports.Take(members).Select(port => $"http://127.0.0.1:{port}")];
        for (var i = 0; i < members; i++)
        {
            var configuration = new MemberConfiguration
            {
                Http = $"127.0.0.1:{ports[members + i]}",
                Peer = $"127.0.0.1:{ports[i]}",
                SiloPort = ports[2 * members + i],
                Peers = peers,
            };
            var folder = NetworkFolder.MemberOf(directory, i);
            await configuration.SaveAsync(folder, cancellationToken);
            var address = new Uri($"http://{configuration.Http}");
            network._members.Add(new MemberProcess(i, folder, address, logs));
            network._clients.Add(new MemberClient(address, Pool));
            network._configurations.Add(VariablesOf(configuration));
        }

        return network;
    }

    /// <summary>Starts a member. Its configuration comes by environment, so that it does not depend on what is left in its folder.</summary>
    public void Start(MemberProcess member) => member.Start(_configurations[member.Member]);

    /// <summary>Speaks to a member over HTTP.</summary>
    public MemberClient ClientOf(MemberProcess member) => _clients[member.Member];

    /// <summary>Where the members stand, by index; null for one that does not answer.</summary>
    public Task<HeadView?[]> HeadsAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_members.Select(member => AskAsync(member, (client, bound) => client.HeadAsync(bound), cancellationToken)));

    /// <summary>A block as a member shows it; null if it does not answer or has none there.</summary>
    public Task<BlockView?> BlockAsync(MemberProcess member, long height, CancellationToken cancellationToken) =>
        AskAsync(member, (client, bound) => client.BlockAsync(height, bound), cancellationToken);

    /// <summary>
    /// Whether all members stand at one block, vote, and have nothing more to order or to certify: a block with entries is always followed by an empty one, which
    /// certifies what they did.
    /// </summary>
    public async Task<bool> HasSettledAsync(CancellationToken cancellationToken)
    {
        var heads = await HeadsAsync(cancellationToken);
        if (heads[0] is not { } first
            || !heads.All(head => head is { Running: true, Voting: true, CatchingUp: false, Pending: 0 } && head.Block == first.Block && head.StateRoot == first.StateRoot))
        {
            return false;
        }

        return await BlockAsync(_members[0], first.Height, cancellationToken) is { Leaves.Count: 0 };
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var member in _members)
        {
            await member.DisposeAsync();
        }

        _clients.ForEach(client => client.Dispose());
    }

    private async Task<T?> AskAsync<T>(MemberProcess member, Func<MemberClient, CancellationToken, Task<T?>> question, CancellationToken cancellationToken)
        where T : class
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(QueryBound);
        try
        {
            return await question(ClientOf(member), bound.Token);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    private static Dictionary<string, string> VariablesOf(MemberConfiguration configuration)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Dems__Http"] = configuration.Http,
            ["Dems__Peer"] = configuration.Peer,
            ["Dems__SiloPort"] = configuration.SiloPort.ToString(CultureInfo.InvariantCulture),
        };
        for (var i = 0; i < configuration.Peers.Count; i++)
        {
            variables[$"Dems__Peers__{i.ToString(CultureInfo.InvariantCulture)}"] = configuration.Peers[i];
        }

        return variables;
    }
}
