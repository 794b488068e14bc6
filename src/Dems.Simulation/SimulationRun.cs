using Dems.Simulation.Faults;
using Dems.Simulation.World;

namespace Dems.Simulation;

/// <summary>One seed: a time of faults, then a time in which everything must come right.</summary>
internal sealed class SimulationRun : IDisposable
{
    /// <summary>Virtual time within which every promise is kept once the faults are over.</summary>
    public const int SettleMs = 120_000;

    /// <summary>Blocks after the faults within which every member takes part again.</summary>
    private const int ProbeRounds = 5;

    /// <summary>Crashed members come back within this time.</summary>
    private const int RestartMs = 3_500;

    private readonly ulong _seed;
    private readonly Cluster _cluster;
    private readonly FaultInjector _faults;

    public SimulationRun(ulong seed, SimulationOptions options)
    {
        _seed = seed;
        var random = new SimulationRandom(seed);
        _cluster = new Cluster(random, ScenarioDraw.Of(random.Fork(), options), options.Mutation, options.Log);
        _faults = new FaultInjector(_cluster, random.Fork());
        _cluster.OnCrash = _faults.Crashed;
    }

    /// <summary>Runs to the end: until every promise is kept after the faults, or something went wrong.</summary>
    public SimulationResult Run()
    {
        var activeMs = _cluster.Scenario.ActiveMs;
        _cluster.Start();
        _faults.Begin();
        _cluster.Clients.Begin(activeMs);
        _cluster.RunUntil(activeMs + RestartMs);
        Settle(activeMs + SettleMs);
        var oracle = _cluster.Oracle;
        return new SimulationResult(
            _seed,
            _cluster.Scenario.ToString(),
            oracle.Violations,
            _cluster.Trace.Hash(),
            _cluster.Loop.Now / 1_000,
            _cluster.Loop.Count,
            oracle.Blocks,
            oracle.Entries,
            _faults.Count,
            _cluster.Sightings.Counts,
            oracle.Violations.Count > 0 ? _cluster.Trace.Last() : []);
    }

    public void Dispose() => _cluster.Dispose();

    /// <summary>
    /// What was promised must be on every chain, and every member that is not Byzantine must take part again. Members that lost their row do so two
    /// blocks after the others, so there must be blocks.
    /// </summary>
    private void Settle(long endMs)
    {
        for (var i = 0; i < ProbeRounds && !(i > 0 && _cluster.Honest.All(_cluster.MaySign)); i++)
        {
            var probed = _cluster.Loop.Now / 1_000;
            _cluster.Clients.Probe(_cluster.Honest);
            _cluster.RunUntil(probed + 100);
            _cluster.RunUntil(endMs, () => _cluster.Oracle.Missing() is null && _cluster.Honest.All(m => _cluster.Replicas[m].Standing is { Ready: true }));
        }

        if (_cluster.Oracle.Violations.Count > 0)
        {
            return;
        }

        if (_cluster.Oracle.Missing() is { } missing)
        {
            _cluster.Oracle.Violate($"no progress within {SettleMs} ms after the faults: {missing}; {_cluster.Describe()}");
        }
        else if (!_cluster.Honest.All(_cluster.MaySign))
        {
            _cluster.Oracle.Violate($"a member does not take part {ProbeRounds} blocks after the faults; {_cluster.Describe()}");
        }
    }
}
