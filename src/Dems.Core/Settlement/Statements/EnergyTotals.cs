using Dems.Core.Settlement.Tariffs;

namespace Dems.Core.Settlement.Statements;

/// <summary>Energy of one node, by where it came from and where it went, in Wh: of an interval, a sum over intervals, or the signed difference of two such.</summary>
/// <param name="OwnUse">Used by the node that produced it.</param>
/// <param name="SharedIn">Received from other nodes of the pool.</param>
/// <param name="SharedOut">Given to other nodes of the pool.</param>
/// <param name="GridIn">Residual import.</param>
/// <param name="GridOut">Export beyond the pool.</param>
public readonly record struct EnergyTotals(long OwnUse, long SharedIn, long SharedOut, long GridIn, long GridOut)
{
    /// <summary>What the received energy costs, where the allocation itself sets prices (auctions); zero otherwise.</summary>
    public ExactAmount SharedInValue { get; init; }

    /// <summary>What the given energy earns, where the allocation itself sets prices; zero otherwise.</summary>
    public ExactAmount SharedOutValue { get; init; }

    /// <summary>Whether nothing is different from zero.</summary>
    public bool IsZero => this == default;

    /// <summary>The energy that a tariff line multiplies, in Wh; 0 for a fixed fee.</summary>
    public long Of(LineBasis basis) => basis switch
    {
        LineBasis.OwnUse => OwnUse,
        LineBasis.SharedIn => SharedIn,
        LineBasis.SharedOut => SharedOut,
        LineBasis.GridIn => GridIn,
        LineBasis.GridOut => GridOut,
        _ => 0,
    };

    /// <summary>The value that the allocation set for shared energy; zero for other bases.</summary>
    public ExactAmount ValueOf(LineBasis basis) => basis switch
    {
        LineBasis.SharedIn => SharedInValue,
        LineBasis.SharedOut => SharedOutValue,
        _ => ExactAmount.Zero,
    };

    /// <summary>Sum, place by place.</summary>
    public static EnergyTotals operator +(EnergyTotals left, EnergyTotals right) =>
        new(left.OwnUse + right.OwnUse, left.SharedIn + right.SharedIn, left.SharedOut + right.SharedOut, left.GridIn + right.GridIn, left.GridOut + right.GridOut)
        {
            SharedInValue = left.SharedInValue + right.SharedInValue,
            SharedOutValue = left.SharedOutValue + right.SharedOutValue,
        };

    /// <summary>Difference, place by place.</summary>
    public static EnergyTotals operator -(EnergyTotals left, EnergyTotals right) =>
        new(left.OwnUse - right.OwnUse, left.SharedIn - right.SharedIn, left.SharedOut - right.SharedOut, left.GridIn - right.GridIn, left.GridOut - right.GridOut)
        {
            SharedInValue = left.SharedInValue - right.SharedInValue,
            SharedOutValue = left.SharedOutValue - right.SharedOutValue,
        };
}
