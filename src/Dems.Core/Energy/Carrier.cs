namespace Dems.Core.Energy;

/// <summary>Energy carrier of a source. Numbers are part of the signed bytes. Quantities are integers in Wh for every carrier (gas is converted before allocation).</summary>
public enum Carrier
{
    /// <summary>Electricity, Wh.</summary>
    Electricity = 1,

    /// <summary>Natural gas; signed as volume, converted by versioned factors.</summary>
    NaturalGas = 2,

    /// <summary>Heat, Wh thermal.</summary>
    Heat = 3,

    /// <summary>Hydrogen.</summary>
    Hydrogen = 4,

    /// <summary>Cooling, Wh thermal.</summary>
    Cooling = 5,
}
