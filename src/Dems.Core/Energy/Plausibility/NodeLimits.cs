namespace Dems.Core.Energy.Plausibility;

/// <summary>
/// What a node's registers can show at most, by what its registration declares of its sources. A limit is known only if every source that can add to the register
/// declares its own.
/// </summary>
public sealed class NodeLimits
{
    private static readonly SourceKind[] Generators = [SourceKind.Photovoltaic, SourceKind.Wind, SourceKind.Chp, SourceKind.Other];

    private readonly IReadOnlyList<EnergySource> _sources;

    /// <summary>Limits of the sources of one node.</summary>
    public NodeLimits(IReadOnlyList<EnergySource> sources)
    {
        _sources = sources;
        CapacityWh = Sum(source => source.MaxEnergyWh, SourceKind.Battery);
    }

    /// <summary>Capacity of all batteries in Wh; null if unknown.</summary>
    public long? CapacityWh { get; }

    /// <summary>Highest power of a register in W; null if unknown, or for a register that shows no power.</summary>
    public long? PowerOf(Register register) => register switch
    {
        Register.Import => Power(SourceKind.Grid),
        Register.Export => Power(SourceKind.Grid) ?? Power([.. Generators, SourceKind.Battery]),
        Register.Generation => Power(Generators),
        Register.Consumption => Power(SourceKind.Grid) is null ? null : Power([.. Generators, SourceKind.Battery, SourceKind.Grid]),
        Register.Charge or Register.Discharge => Power(SourceKind.Battery),
        _ => null,
    };

    private long? Power(params SourceKind[] kinds) => Sum(source => source.PowerLimitW, kinds);

    // 0 is undeclared; no source at all says nothing either.
    private long? Sum(Func<EnergySource, long> limit, params SourceKind[] kinds)
    {
        var limits = _sources.Where(source => kinds.Contains(source.Kind)).Select(limit).ToList();
        return limits.Count == 0 || limits.Contains(0) ? null : limits.Sum();
    }
}
