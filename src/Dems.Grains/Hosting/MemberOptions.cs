using System.Security.Cryptography.X509Certificates;
using Dems.Core.Crypto;
using Dems.Core.Ledger;
using Dems.Grains.Peers;
using Dems.Replication.Machine;

namespace Dems.Grains.Hosting;

/// <summary>What one member's host is made of.</summary>
public sealed record MemberOptions
{
    /// <summary>The network.</summary>
    public required Genesis Genesis { get; init; }

    /// <summary>Index of the member in genesis.</summary>
    public required int Member { get; init; }

    /// <summary>Its folder, made by <see cref="MemberFolder"/>; one process at a time uses it.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Holds its validator key.</summary>
    public required ISigner Validator { get; init; }

    /// <summary>Base addresses of the other members' peer endpoints, by index.</summary>
    public required IReadOnlyDictionary<int, Uri> Peers { get; init; }

    /// <summary>Where it listens to them.</summary>
    public PeerEndpointOptions PeerEndpoint { get; init; } = new();

    /// <summary>Bounds of what is kept for peers that do not take it.</summary>
    public PeerTransportOptions PeerTransport { get; init; } = new();

    /// <summary>File to which every vote and proposal is appended before it leaves, for whoever audits the member from outside; null for none.</summary>
    public string? SignatureLog { get; init; }

    /// <summary>Certificates that peers' TLS certificates must chain to; null trusts what the operating system trusts.</summary>
    public X509Certificate2Collection? PeerRoots { get; init; }

    /// <summary>Port of the silo on loopback; each member of a process needs its own.</summary>
    public required int SiloPort { get; init; }

    /// <summary>Times and bounds of its replicas.</summary>
    public ReplicaLimits Limits { get; init; } = new();

    /// <summary>Most blocks between two snapshots of a pool's state, at least 1; many entries make for earlier ones.</summary>
    public int SnapshotPeriod { get; init; } = 1_000;

    /// <summary>How many blocks f + 1 others must be ahead before a member fetches their state instead of executing every block, at least 1.</summary>
    public int SnapshotDistance { get; init; } = 2_000;

    /// <summary>Name of the member.</summary>
    public string Name => Genesis.Members[Member].Name;
}
