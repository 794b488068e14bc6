using Dems.Core.Allocation;
using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Formats;
using Dems.Ingest.Importing;

namespace Dems.Cli.Client;

/// <summary>What some sources meter, found by reading them once.</summary>
internal sealed class PointSurvey
{
    private readonly HashSet<MeteringPoint> _points = [];
    private readonly HashSet<MeteringPoint> _producers = [];
    private bool _atGrid;
    private int _longest;

    /// <summary>The metering points.</summary>
    public IReadOnlySet<MeteringPoint> Points => _points;

    /// <summary>Those that feed in or generate.</summary>
    public IReadOnlySet<MeteringPoint> Producers => _producers;

    // What a pool can count: import and export where anything has them, else consumption and generation.
    private AllocationBasis Basis => _atGrid ? AllocationBasis.Grid : AllocationBasis.Gross;

    // The shortest interval that holds the longest reading, in seconds.
    private int Interval => _longest switch
    {
        <= 900 => 900,
        <= 1_800 => 1_800,
        <= 3_600 => 3_600,
        _ => 86_400,
    };

    /// <summary>The terms of a pool that can allocate all this.</summary>
    public PoolTerms Terms => PoolTerms.Default with { Interval = Interval, Policy = PoolTerms.Default.Policy with { Basis = Basis } };

    /// <summary>Reads the sources.</summary>
    public static async Task<PointSurvey> OfAsync(IReadOnlyList<IReadingSource> sources, CancellationToken cancellationToken)
    {
        var survey = new PointSurvey();
        foreach (var source in sources)
        {
            await foreach (var row in source.ReadAsync(cancellationToken))
            {
                if (row is ImportRow.Accepted(var reading))
                {
                    survey.Add(new MeteringPoint(reading.MeteringPoint, reading.Carrier), reading.Reading);
                }
            }
        }

        return survey;
    }

    private void Add(MeteringPoint point, Reading reading)
    {
        _points.Add(point);
        _atGrid |= reading.Register is Register.Import or Register.Export;
        _longest = Math.Max(_longest, reading.Duration);
        if (reading.Register is Register.Export or Register.Generation)
        {
            _producers.Add(point);
        }
    }
}
