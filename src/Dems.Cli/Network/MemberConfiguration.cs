using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Dems.Grains.Crypto;
using Dems.Grains.Hosting;
using Dems.Grains.Peers;
using Microsoft.Extensions.Configuration;

namespace Dems.Cli.Network;

/// <summary>
/// Addresses and ports of one member: section <c>Dems</c> of <c>member.json</c> in its folder, overridden by environment variables (<c>Dems__Http</c>, …). What is
/// the same for everybody is in genesis, not here.
/// </summary>
internal sealed record MemberConfiguration
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "member.json";

    private const string Section = "Dems";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Endpoint of the public HTTP edge.</summary>
    public string Http { get; init; } = "127.0.0.1:5080";

    /// <summary>Endpoint for the other members.</summary>
    public string Peer { get; init; } = "127.0.0.1:5180";

    /// <summary>Loopback port of the silo.</summary>
    public int SiloPort { get; init; } = 5280;

    /// <summary>Base addresses of all members' peer endpoints, in genesis order; the own one is not used.</summary>
    public IReadOnlyList<string> Peers { get; init; } = [];

    /// <summary>PEM file with certificate and key for TLS between members; empty for cleartext.</summary>
    public string PeerCertificate { get; init; } = "";

    /// <summary>PEM file with the roots that the others' certificates must chain to; empty for the operating system's.</summary>
    public string PeerRoots { get; init; } = "";

    /// <summary>File to which every vote and proposal is appended before it leaves, for an auditor; empty for none. It belongs outside the data folder.</summary>
    public string SignatureLog { get; init; } = "";

    /// <summary>Reads a member's configuration.</summary>
    public static MemberConfiguration Load(string folder) => new ConfigurationBuilder()
        .AddJsonFile(Path.GetFullPath(Path.Combine(folder, FileName)), optional: true)
        .AddEnvironmentVariables()
        .Build()
        .GetSection(Section)
        .Get<MemberConfiguration>() ?? new MemberConfiguration();

    /// <summary>Writes it for a new member.</summary>
    public Task SaveAsync(string folder, CancellationToken cancellationToken)
    {
        var document = new Dictionary<string, MemberConfiguration>(StringComparer.Ordinal) { [Section] = this };
        return File.WriteAllTextAsync(Path.Combine(folder, FileName), JsonSerializer.Serialize(document, Indented), cancellationToken);
    }

    /// <summary>What the host is made of.</summary>
    public MemberOptions ToOptions(string folder)
    {
        if (!MemberFolder.TryRead(folder, out var genesis, out var member, out Es256Signer key, out var error))
        {
            throw new CommandException(ExitCodes.Usage, error);
        }

        if (Peers.Count != genesis.Members.Count)
        {
            throw new CommandException(ExitCodes.Usage, $"{FileName}: Peers has {Peers.Count} addresses, genesis {genesis.Members.Count} members.");
        }

        var peer = EndpointOf(Peer, nameof(Peer));
        return new MemberOptions
        {
            Genesis = genesis,
            Member = member,
            DataFolder = folder,
            Validator = key,
            Peers = Enumerable.Range(0, Peers.Count).Where(i => i != member).ToDictionary(i => i, i => new Uri(Peers[i])),
            PeerEndpoint = new PeerEndpointOptions
            {
                Address = peer.Address,
                Port = peer.Port,
                Certificate = PeerCertificate.Length == 0 ? null : X509Certificate2.CreateFromPemFile(PeerCertificate),
            },
            PeerRoots = PeerRoots.Length == 0 ? null : RootsOf(PeerRoots),
            SiloPort = SiloPort,
            SignatureLog = SignatureLog.Length == 0 ? null : Path.GetFullPath(SignatureLog),
        };
    }

    /// <summary>Parses an endpoint.</summary>
    public static IPEndPoint EndpointOf(string text, string name) => IPEndPoint.TryParse(text, out var endpoint) && endpoint.Port > 0
        ? endpoint
        : throw new CommandException(ExitCodes.Usage, $"{name}: '{text}' is not an address and port such as 127.0.0.1:5080.");

    private static X509Certificate2Collection RootsOf(string path)
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPemFile(path);
        return roots;
    }
}
