using Dems.Core.Crypto;
using Dems.Core.Energy;

namespace Dems.Core.Ledger.Entries;

/// <summary>Registers an energy node of a party. Signed by the party's key; the node's first key proves that it is held, and may sign for the node from then on.</summary>
/// <param name="Node">The node's first key; gives its address.</param>
/// <param name="MeteringPoint">Official id, unique among the open nodes of the pool: 1…<see cref="MaxMeteringPointLength"/> printable ASCII characters without spaces.</param>
/// <param name="Party">Address of the party that owns it.</param>
/// <param name="Sources">1…<see cref="MaxSources"/> sources with distinct names.</param>
/// <param name="ValidFrom">First second of the contract, since 1970-01-01T00:00:00Z: intervals that start earlier are refused.</param>
/// <param name="Proof">Signature of the node's key over <see cref="Possession.OfNode"/>.</param>
public sealed record NodeRegistration(
    PublicKey Node, string MeteringPoint, NodeAddress Party, IReadOnlyList<EnergySource> Sources, long ValidFrom, ReadOnlyMemory<byte> Proof) : EntryBody
{
    /// <summary>Longest metering-point id.</summary>
    public const int MaxMeteringPointLength = 64;

    /// <summary>Most sources of one node.</summary>
    public const int MaxSources = 32;

    /// <inheritdoc/>
    public override EntryKind Kind => EntryKind.NodeRegistration;

    /// <summary>The node's address.</summary>
    public NodeAddress Address => NodeAddress.Of(Node);
}
