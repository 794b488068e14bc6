namespace Dems.Core.Energy.Plausibility;

/// <summary>
/// What a node's registers can show at most, by what its registration declares of the sources of the metered carrier, which is that of the first source. A limit is
/// known only if every such source that can add to the register declares its own.
/// </summary>
public sealed class NodeLimits
{
    private static readonly SourceKind[] Generators = [SourceKind.Photovoltaic, SourceKind.Wind, SourceKind.Chp, SourceKind.Other];

    // Where heat is metered these give it; elsewhere they take what is metered.
    private static readonly SourceKind[] HeatGenerators = [.. Generators, SourceKind.Boiler, SourceKind.HeatPump];

    private readonly IReadOnlyList<EnergySource> _sources;
    private readonly SourceKind[] _generators;

    /// <summary>Limits of the sources of one node.</summary>
    public NodeLimits(IReadOnlyList<EnergySource> sources)
    {
        _sources = [.. sources.Where(source => source.Carrier == sources[0].Carrier)];
        _generators = sources is [{ Carrier: Carrier.Heat }, ..] ? HeatGenerators : Generators;
        CapacityWh = Sum(source => source.MaxEnergyWh, SourceKind.Battery);
    }

    /// <summary>Capacity of all batteries in Wh; null if unknown.</summary>
    public long? CapacityWh { get; }

    /// <summary>Highest power of a register in W; null if unknown, or for a register that shows no power.</summary>
    public long? PowerOf(Register register) => register switch
    {
        Register.Import => Power(SourceKind.Grid),
        Register.Export => Power(SourceKind.Grid) ?? Power([.. _generators, SourceKind.Battery]),
        Register.Generation => Power(_generators),
        Register.Consumption => Power(SourceKind.Grid) is null ? null : Power([.. _generators, SourceKind.Battery, SourceKind.Grid]),
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
