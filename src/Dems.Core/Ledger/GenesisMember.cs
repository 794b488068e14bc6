using Dems.Core.Crypto;

namespace Dems.Core.Ledger;

/// <summary>A founding organisation with its validator key. Where it can be reached is configuration, not genesis.</summary>
/// <param name="Name">1 to 64 characters, unique in the network.</param>
/// <param name="Key">Its validator key, unique in the network.</param>
public sealed record GenesisMember(string Name, PublicKey Key);
