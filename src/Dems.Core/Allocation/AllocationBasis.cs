namespace Dems.Core.Allocation;

/// <summary>What a pool's allocation counts. Numbers are part of the signed bytes.</summary>
public enum AllocationBasis
{
    /// <summary>C is import, P is export, never netted: own use behind the meter is already inside.</summary>
    Grid = 1,

    /// <summary>C is consumption, P is generation.</summary>
    Gross = 2,
}
