using Dems.Core.Energy;

namespace Dems.Core.Ledger.Execution.Intervals;

/// <summary>A register whose readings are missing.</summary>
/// <param name="Node">The node.</param>
/// <param name="Register">The register that allocation awaits.</param>
/// <param name="Intervals">Intervals that it does not cover.</param>
/// <param name="From">Start of the first of them in seconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Until">End of the last of them.</param>
public sealed record ChasedRegister(NodeAddress Node, Register Register, int Intervals, long From, long Until);
