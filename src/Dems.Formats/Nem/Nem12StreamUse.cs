namespace Dems.Formats.Nem;

/// <summary>What happens to the days of a stream.</summary>
internal enum Nem12StreamUse
{
    /// <summary>They become readings.</summary>
    Taken,

    /// <summary>They are sound and hold no energy, or energy that another stream reports: counted.</summary>
    Skipped,

    /// <summary>Nobody can tell whose they are: refused one by one.</summary>
    Refused,
}
