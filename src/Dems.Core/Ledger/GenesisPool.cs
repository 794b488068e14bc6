using Dems.Core.Energy;

namespace Dems.Core.Ledger;

/// <summary>A pool of the network, with a chain of its own.</summary>
/// <param name="Name">1 to 64 characters, unique in the network.</param>
/// <param name="TimeZone">IANA id, for gas days and billing periods, for example Europe/Vienna.</param>
/// <param name="Carriers">What it shares, ascending, at least one.</param>
public sealed record GenesisPool(string Name, string TimeZone, IReadOnlyList<Carrier> Carriers);
