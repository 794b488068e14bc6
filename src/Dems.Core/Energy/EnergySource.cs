namespace Dems.Core.Energy;

/// <summary>One source of a node, as its registration declares it.</summary>
/// <param name="Name">Unique within the node, 1…<see cref="MaxNameLength"/> characters.</param>
/// <param name="Carrier">What it carries.</param>
/// <param name="Kind">What it is.</param>
/// <param name="PowerLimitW">Highest power in W, 0…<see cref="MaxPowerW"/>; 0 is undeclared.</param>
/// <param name="MaxEnergyWh">Capacity in Wh, 0…<see cref="Reading.MaxQuantity"/>; what is beyond it is surplus. 0 for a source that stores nothing.</param>
public sealed record EnergySource(string Name, Carrier Carrier, SourceKind Kind, long PowerLimitW, long MaxEnergyWh)
{
    /// <summary>Longest name in UTF-16 units.</summary>
    public const int MaxNameLength = 32;

    /// <summary>Largest power limit: 2⁴⁰ W.</summary>
    public const long MaxPowerW = 1L << 40;
}
