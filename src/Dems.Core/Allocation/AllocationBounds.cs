namespace Dems.Core.Allocation;

/// <summary>Bounds of what one allocation takes. They keep every total below 2⁶³, so that only products need 128 bits.</summary>
public static class AllocationBounds
{
    /// <summary>Largest consumption or production of one node in one interval: 2⁴⁸ Wh.</summary>
    public const long MaxQuantity = 1L << 48;

    /// <summary>Largest sum of consumptions or productions of one interval: 2⁶² Wh, which no pool of the Earth reaches.</summary>
    public const long MaxTotal = 1L << 62;

    /// <summary>Most participants of one interval.</summary>
    public const int MaxParticipants = 100_000;

    /// <summary>The whole of shares, factors and efficiencies, which are stated in parts per million.</summary>
    public const int Million = 1_000_000;

    /// <summary>Largest weight of a node.</summary>
    public const int MaxWeight = 1_000_000;

    /// <summary>Longest interval in seconds: 31 days.</summary>
    public const int MaxDuration = 31 * 24 * 3600;

    /// <summary>Most tiers of a cascade or a priority list.</summary>
    public const int MaxTiers = 64;

    /// <summary>Most pairs of a table of coefficients.</summary>
    public const int MaxPairs = 1_000_000;

    /// <summary>Highest price, and lowest with its sign turned: 2⁴⁰ in 10⁻⁶ currency per kWh.</summary>
    public const long MaxPrice = 1L << 40;

    /// <summary>Largest capacity of one virtual storage: 2⁴² Wh, so that its state in µWh stays below 2⁶².</summary>
    public const long MaxStorage = 1L << 42;

    /// <summary>Highest power of one virtual storage: 2⁴⁰ W.</summary>
    public const long MaxPower = 1L << 40;
}
