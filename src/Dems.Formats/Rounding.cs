namespace Dems.Formats;

/// <summary>What happens to a quantity that is not a whole number of watt-hours.</summary>
public enum Rounding
{
    /// <summary>The row is refused: nothing is changed in silence.</summary>
    Refuse,

    /// <summary>To the nearest watt-hour; exactly half goes to the even neighbour, so that errors do not add up over many rows.</summary>
    HalfEven,
}
