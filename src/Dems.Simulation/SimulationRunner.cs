using System.Security.Cryptography;

namespace Dems.Simulation;

/// <summary>Runs seeds. Nothing but seed and options decides what happens in one: not the machine, the load, or the other seeds.</summary>
public static class SimulationRunner
{
    /// <summary>Runs one seed to its end.</summary>
    public static SimulationResult Run(ulong seed, SimulationOptions options)
    {
        using var run = new SimulationRun(seed, options);
        return run.Run();
    }

    /// <summary>Runs a range of seeds, each on one thread.</summary>
    /// <param name="from">The first seed.</param>
    /// <param name="seeds">How many.</param>
    /// <param name="options">What they have in common.</param>
    /// <param name="threads">Seeds run at once, at least 1.</param>
    /// <param name="stopAtFailure">Whether the first violation ends the sweep.</param>
    /// <param name="finished">Called with each result in the order of the seeds, from one thread at a time.</param>
    /// <param name="cancellationToken">Ends the sweep after the seeds under way.</param>
    public static SweepResult Sweep(
        ulong from,
        int seeds,
        SimulationOptions options,
        int threads,
        bool stopAtFailure,
        Action<SimulationResult> finished,
        CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var failures = new List<SimulationResult>();
        var (ran, blocks, entries, faults, events) = (0, 0L, 0L, 0L, 0L);
        var results = Enumerable.Range(0, seeds)
            .AsParallel()
            .AsOrdered()
            .WithDegreeOfParallelism(threads)
            .WithMergeOptions(ParallelMergeOptions.NotBuffered)
            .Select(i => cancellationToken.IsCancellationRequested ? null : Run(from + (ulong)i, options));
        foreach (var result in results)
        {
            if (result is null)
            {
                break;
            }

            ran++;
            (blocks, entries, faults, events) = (blocks + result.Blocks, entries + result.Entries, faults + result.Faults, events + result.Events);
            hash.AppendData(Convert.FromHexString(result.TraceHash));
            finished(result);
            if (result.Violations.Count > 0)
            {
                failures.Add(result);
                if (stopAtFailure)
                {
                    break;
                }
            }
        }

        return new SweepResult(from, ran, failures, blocks, entries, faults, events, Convert.ToHexStringLower(hash.GetCurrentHash()));
    }
}
