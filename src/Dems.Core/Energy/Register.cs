namespace Dems.Core.Energy;

/// <summary>What a meter counts. Numbers are part of the signed bytes. Signed net registers are split by sign into import and export before they get here.</summary>
public enum Register
{
    /// <summary>Drawn from the public grid.</summary>
    Import = 1,

    /// <summary>Fed into the public grid.</summary>
    Export = 2,

    /// <summary>Used, whatever its origin.</summary>
    Consumption = 3,

    /// <summary>Produced, wherever it goes.</summary>
    Generation = 4,

    /// <summary>Put into storage.</summary>
    Charge = 5,

    /// <summary>Taken out of storage.</summary>
    Discharge = 6,

    /// <summary>Content of the storage at the end of the interval.</summary>
    StateOfCharge = 7,
}
