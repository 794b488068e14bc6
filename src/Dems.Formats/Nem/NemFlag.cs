namespace Dems.Formats.Nem;

/// <summary>Quality flags of the MDFF, by their letters.</summary>
internal enum NemFlag : byte
{
    /// <summary>Read from the meter.</summary>
    Actual = (byte)'A',

    /// <summary>Forward estimate.</summary>
    Estimated = (byte)'E',

    /// <summary>Final substitute.</summary>
    FinalSubstitute = (byte)'F',

    /// <summary>No data.</summary>
    Null = (byte)'N',

    /// <summary>Substitute.</summary>
    Substituted = (byte)'S',

    /// <summary>Differs within the day: the 400 records tell.</summary>
    Variable = (byte)'V',
}
