namespace Dems.Formats.Canonical;

/// <summary>A column of the canonical CSV, a member of the canonical JSON Lines.</summary>
internal enum CanonicalField
{
    MeteringPoint,
    Carrier,
    Register,
    Start,
    DurationS,
    End,
    QuantityWh,
    QuantityKwh,
    Quality,
    Revision,
}
