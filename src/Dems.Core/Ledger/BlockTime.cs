namespace Dems.Core.Ledger;

/// <summary>Time as the chain knows it: milliseconds since 1970-01-01T00:00:00Z without leap seconds, 0…2⁵³. Taken from the proposer's clock, strictly increasing along a chain.</summary>
/// <param name="UnixMilliseconds">The count of milliseconds.</param>
public readonly record struct BlockTime(long UnixMilliseconds) : IComparable<BlockTime>
{
    /// <summary>Largest value that decoders accept: 2⁵³.</summary>
    public const long MaxUnixMilliseconds = 1L << 53;

    /// <inheritdoc/>
    public int CompareTo(BlockTime other) => UnixMilliseconds.CompareTo(other.UnixMilliseconds);

    /// <summary>This time plus a duration in milliseconds.</summary>
    public BlockTime Plus(long milliseconds) => new(UnixMilliseconds + milliseconds);

    /// <summary>Order in time.</summary>
    public static bool operator <(BlockTime left, BlockTime right) => left.UnixMilliseconds < right.UnixMilliseconds;

    /// <summary>Order in time.</summary>
    public static bool operator >(BlockTime left, BlockTime right) => left.UnixMilliseconds > right.UnixMilliseconds;

    /// <summary>Order in time.</summary>
    public static bool operator <=(BlockTime left, BlockTime right) => left.UnixMilliseconds <= right.UnixMilliseconds;

    /// <summary>Order in time.</summary>
    public static bool operator >=(BlockTime left, BlockTime right) => left.UnixMilliseconds >= right.UnixMilliseconds;
}
