namespace Dems.Core.Ledger;

/// <summary>Position of a block on its chain: genesis is 0, the first decided block is 1. Range 0…2⁶²; the default is genesis.</summary>
/// <param name="Value">The number of blocks decided up to and including this one.</param>
public readonly record struct Height(long Value) : IComparable<Height>
{
    /// <summary>The state before any block.</summary>
    public static Height Genesis => default;

    /// <summary>The height after this one.</summary>
    public Height Next => new(Value + 1);

    /// <summary>The height before this one; genesis has none.</summary>
    /// <exception cref="InvalidOperationException">This is genesis.</exception>
    public Height Previous => Value > 0 ? new(Value - 1) : throw new InvalidOperationException("Genesis has no previous height.");

    /// <inheritdoc/>
    public int CompareTo(Height other) => Value.CompareTo(other.Value);

    /// <summary>The plain number.</summary>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Order along the chain.</summary>
    public static bool operator <(Height left, Height right) => left.Value < right.Value;

    /// <summary>Order along the chain.</summary>
    public static bool operator >(Height left, Height right) => left.Value > right.Value;

    /// <summary>Order along the chain.</summary>
    public static bool operator <=(Height left, Height right) => left.Value <= right.Value;

    /// <summary>Order along the chain.</summary>
    public static bool operator >=(Height left, Height right) => left.Value >= right.Value;
}
