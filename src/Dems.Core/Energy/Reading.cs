namespace Dems.Core.Energy;

/// <summary>One metered quantity of one register of one node. Never overwritten: a correction is the same reading with a higher revision.</summary>
/// <param name="Register">What was counted.</param>
/// <param name="Start">Start of the interval in whole seconds since 1970-01-01T00:00:00Z, 0…2³⁷.</param>
/// <param name="Duration">Length of the interval in seconds, 1…34 560 000 (400 days).</param>
/// <param name="Quantity">Amount in the register's smallest unit (Wh), 0…2⁵³.</param>
/// <param name="Quality">How it came about.</param>
/// <param name="Revision">0 for the first value, at most 65 535; a higher revision replaces a lower one.</param>
public readonly record struct Reading(Register Register, long Start, int Duration, long Quantity, Quality Quality, int Revision)
{
    /// <summary>Latest start: 2³⁷ seconds, in the year 6325. With the longest interval added it is still a date that RFC 3339 can write.</summary>
    public const long MaxStart = 1L << 37;

    /// <summary>Longest interval: 400 days, so that meters read by hand once a quarter or once a year keep one reading per read.</summary>
    public const int MaxDuration = 400 * 24 * 3600;

    /// <summary>Largest quantity: 2⁵³ Wh.</summary>
    public const long MaxQuantity = 1L << 53;

    /// <summary>Highest revision.</summary>
    public const int MaxRevision = ushort.MaxValue;
}
