using Dems.Core.Ledger;

namespace Dems.Cli.Chaos;

/// <summary>What the network promised to a sender.</summary>
/// <param name="Content">The entry.</param>
/// <param name="LatestHeight">It is ordered at this height at the latest.</param>
internal readonly record struct Promised(ContentId Content, long LatestHeight);
