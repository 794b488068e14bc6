namespace Dems.Core.Energy;

/// <summary>How a quantity came about. Numbers are part of the signed bytes.</summary>
public enum Quality
{
    /// <summary>Read from a meter.</summary>
    Measured = 1,

    /// <summary>Replaced by an agreed procedure.</summary>
    Substituted = 2,

    /// <summary>Estimated; a better value may follow.</summary>
    Estimated = 3,

    /// <summary>Preliminary; a final value will follow.</summary>
    Provisional = 4,

    /// <summary>Computed from other readings.</summary>
    Derived = 5,
}
