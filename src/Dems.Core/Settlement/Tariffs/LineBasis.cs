namespace Dems.Core.Settlement.Tariffs;

/// <summary>The quantity that a tariff line multiplies. Numbers are part of encoded tariffs.</summary>
public enum LineBasis
{
    /// <summary>Energy used by the node that produced it, in Wh.</summary>
    OwnUse = 1,

    /// <summary>Energy received from other nodes of the pool, in Wh.</summary>
    SharedIn = 2,

    /// <summary>Energy given to other nodes of the pool, in Wh.</summary>
    SharedOut = 3,

    /// <summary>Residual import, in Wh.</summary>
    GridIn = 4,

    /// <summary>Export beyond the pool, in Wh.</summary>
    GridOut = 5,

    /// <summary>The billing period itself; for fixed fees.</summary>
    Period = 6,
}
