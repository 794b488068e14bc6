namespace Dems.Core.Energy;

/// <summary>What produces, stores or takes energy behind a metering point. Numbers are part of the signed bytes.</summary>
public enum SourceKind
{
    /// <summary>Photovoltaic panels.</summary>
    Photovoltaic = 1,

    /// <summary>Wind turbine.</summary>
    Wind = 2,

    /// <summary>Combined heat and power.</summary>
    Chp = 3,

    /// <summary>Connection to a public grid.</summary>
    Grid = 4,

    /// <summary>Battery.</summary>
    Battery = 5,

    /// <summary>Boiler.</summary>
    Boiler = 6,

    /// <summary>Heat pump.</summary>
    HeatPump = 7,

    /// <summary>Anything else.</summary>
    Other = 8,
}
