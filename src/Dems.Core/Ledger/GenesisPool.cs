using Dems.Core.Energy;
using Dems.Core.Governance;

namespace Dems.Core.Ledger;

/// <summary>A pool of the network, with a chain of its own.</summary>
/// <param name="Name">1 to 64 characters of a–z, 0–9 and hyphen, unique in the network: part of the chain id, of paths and of addresses of the API.</param>
/// <param name="TimeZone">IANA id, for gas days and billing periods, for example Europe/Vienna.</param>
/// <param name="Carriers">What it shares, ascending, at least one.</param>
public sealed record GenesisPool(string Name, string TimeZone, IReadOnlyList<Carrier> Carriers)
{
    /// <summary>How it votes, until a ballot decides otherwise.</summary>
    public GovernanceRules Governance { get; init; } = new();

    /// <summary>How its intervals are formed and closed, and its first policy.</summary>
    public PoolTerms Terms { get; init; } = PoolTerms.Default;
}
