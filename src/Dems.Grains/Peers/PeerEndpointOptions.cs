using System.Security.Cryptography.X509Certificates;

namespace Dems.Grains.Peers;

/// <summary>Where a member listens to its peers.</summary>
public sealed record PeerEndpointOptions
{
    /// <summary>Address to bind.</summary>
    public System.Net.IPAddress Address { get; init; } = System.Net.IPAddress.Loopback;

    /// <summary>Port; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Serves TLS with this certificate; without one the endpoint speaks cleartext HTTP/2, for loopback and private links.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Longest frame in bytes.</summary>
    public int MaxFrameBytes { get; init; } = 12 * 1024 * 1024;

    /// <summary>Longest request in bytes; several frames travel in one.</summary>
    public int MaxRequestBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Requests served at once on one connection.</summary>
    public int MaxStreams { get; init; } = 16;
}
