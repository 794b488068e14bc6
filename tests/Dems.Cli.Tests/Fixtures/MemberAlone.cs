using System.Net;
using Dems.Cli.Network;
using Dems.Core.Governance;
using Dems.Grains.Crypto;
using Dems.Grains.Hosting;
using Xunit;

namespace Dems.Cli.Tests.Fixtures;

/// <summary>A network of one member with its HTTP edge, whose pool needs no notice for ballots.</summary>
internal sealed class MemberAlone : IAsyncDisposable
{
    public const string Pool = "community";

    private readonly VerifierPool _verifiers = new();
    private MemberApp _app = null!;

    private MemberAlone(string folder) => KeyPath = Path.Combine(NetworkFolder.MemberOf(folder, 0), MemberFolder.ValidatorKeyName);

    /// <summary>The member's clock.</summary>
    public ShiftedTime Time { get; } = new();

    /// <summary>The genesis document of the network.</summary>
    public string GenesisPath => Path.Combine(Path.GetDirectoryName(KeyPath)!, MemberFolder.GenesisName);

    /// <summary>The member's key file.</summary>
    public string KeyPath { get; }

    /// <summary>Where it is reached.</summary>
    public string Address { get; private set; } = "";

    public static async Task<MemberAlone> StartAsync(string folder, CancellationToken cancellationToken)
    {
        var pool = NetworkFolder.CommunityPool(Pool) with { Governance = new GovernanceRules { MinNoticeSeconds = 0 } };
        var genesis = await NetworkFolder.CreateAsync(folder, "alone", 1, [pool], TimeProvider.System, cancellationToken);
        var member = new MemberAlone(folder);
        var data = NetworkFolder.MemberOf(folder, 0);
        Assert.True(MemberFolder.TryRead(data, out _, out _, out var validator, out var error), error);
        var ports = FreePorts.Take(2);
        var options = new MemberOptions
        {
            Genesis = genesis,
            Member = 0,
            DataFolder = data,
            Validator = validator,
            Peers = new Dictionary<int, Uri>(),
            SiloPort = ports[1],
        };
        member._app = await MemberApp.StartAsync(options, member._verifiers, new IPEndPoint(IPAddress.Loopback, ports[0]), quiet: true, cancellationToken, member.Time);
        member.Address = $"http://127.0.0.1:{ports[0]}";
        return member;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _verifiers.Dispose();
    }
}
