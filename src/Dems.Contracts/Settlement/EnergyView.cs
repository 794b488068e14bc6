using Dems.Core.Settlement.Statements;

namespace Dems.Contracts.Settlement;

/// <summary>Energy in Wh by where it came from and where it went.</summary>
/// <param name="OwnUse">Used by the node that produced it.</param>
/// <param name="SharedIn">Received from other nodes of the pool.</param>
/// <param name="SharedOut">Given to other nodes of the pool.</param>
/// <param name="GridIn">Residual import.</param>
/// <param name="GridOut">Export beyond the pool.</param>
public sealed record EnergyView(long OwnUse, long SharedIn, long SharedOut, long GridIn, long GridOut)
{
    /// <summary>The same energy.</summary>
    public static EnergyView Of(in EnergyTotals energy) => new(energy.OwnUse, energy.SharedIn, energy.SharedOut, energy.GridIn, energy.GridOut);
}
