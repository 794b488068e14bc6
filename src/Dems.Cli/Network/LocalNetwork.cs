using System.Net;
using Dems.Grains.Crypto;
using Dems.Grains.Hosting;
using Dems.Grains.Peers;

namespace Dems.Cli.Network;

/// <summary>All members of a network in this process, each with its folder, silo, keys and ports, talking over loopback HTTP/2 as they would across the world.</summary>
internal sealed class LocalNetwork : IAsyncDisposable
{
    private readonly VerifierPool _verifiers = new();
    private readonly List<MemberApp> _members = [];
    private readonly List<Es256Signer> _keys = [];

    private LocalNetwork()
    {
    }

    public IReadOnlyList<MemberApp> Members => _members;

    /// <summary>Starts the members whose folders lie below a directory.</summary>
    /// <param name="directory">Made by <see cref="NetworkFolder"/>.</param>
    /// <param name="members">How many.</param>
    /// <param name="firstPort">HTTP port of the first member, the next ones follow; null for no HTTP edge.</param>
    /// <param name="quiet">Whether only problems are logged.</param>
    /// <param name="cancellationToken">Gives the start up.</param>
    public static async Task<LocalNetwork> StartAsync(string directory, int members, int? firstPort, bool quiet, CancellationToken cancellationToken)
    {
        var network = new LocalNetwork();
        var ports = FreePorts.Take(2 * members);
        try
        {
            for (var i = 0; i < members; i++)
            {
                if (!MemberFolder.TryRead(NetworkFolder.MemberOf(directory, i), out var genesis, out var member, out var key, out var error))
                {
                    throw new CommandException(ExitCodes.Usage, error);
                }

                network._keys.Add(key);
                var options = new MemberOptions
                {
                    Genesis = genesis,
                    Member = member,
                    DataFolder = NetworkFolder.MemberOf(directory, i),
                    Validator = key,
                    Peers = Enumerable.Range(0, members).Where(p => p != i).ToDictionary(p => p, p => new Uri($"http://127.0.0.1:{ports[p]}")),
                    PeerEndpoint = new PeerEndpointOptions { Port = ports[i] },
                    SiloPort = ports[members + i],
                };
                var edge = firstPort is { } port ? new IPEndPoint(IPAddress.Loopback, port + i) : null;
                network._members.Add(await MemberApp.StartAsync(options, network._verifiers, edge, quiet, cancellationToken));
            }

            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_members.Select(member => member.DisposeAsync().AsTask()));
        _keys.ForEach(key => key.Dispose());
        _verifiers.Dispose();
    }
}
