using Dems.Cli.Output;
using Dems.Replication.Verification;

namespace Dems.Cli.Flips;

/// <summary>One run: makes a network, then flips one byte after the other in copies of a member's store and sees each found and repaired.</summary>
internal sealed class FlipsRun(FlipsOptions options, Reporter reporter, TimeProvider time)
{
    private readonly List<FlipOutcome> _outcomes = [];
    private readonly List<string> _violations = [];

    public async Task<FlipsSummary> RunAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        await using var stage = await FlipStage.PrepareAsync(options, reporter, time, cancellationToken);
        var (stopped, killed) = (ByteMap.Read(stage.Stopped.Database), ByteMap.Read(stage.Killed.Database));
        var tip = stage.Peers.Running.First().Standing.Tip;
        reporter.Line($"{tip.Height} blocks, {tip.Frontier.Size} entries; {stopped.Bytes} bytes after a stop, {killed.Bytes} with the log after a kill; {string.Join(", ", stopped.Kinds)}");

        var verifier = new ChainVerifier(stage.Peers.Genesis, stage.Peers.Pool, stage.Peers.Verifier, stage.Peers.Opener);
        var rejoined = 0;
        using (reporter.Follow(() => $"{_outcomes.Count} of {options.Count} bytes flipped, {rejoined} of {options.Rejoins} rejoined, {_violations.Count} violations"))
        {
            await FlipAllAsync(stage, verifier, stopped, killed, cancellationToken);
            for (; rejoined < options.Rejoins; rejoined++)
            {
                var outcome = await new FlipRejoin(stage, verifier).RunAsync(rejoined % 2 == 0, new Random(options.Seed + rejoined), $"rejoin-{rejoined}", cancellationToken);
                _violations.AddRange(outcome.Violations.Select(violation => $"rejoin-{rejoined}: {violation}"));
            }
        }

        _violations.AddRange(stage.Peers.Doubles.Select(place => $"signed twice: {place}"));
        return new FlipsSummary
        {
            Flips = _outcomes.Count,
            Seed = options.Seed,
            Blocks = tip.Height.Value,
            Entries = tip.Frontier.Size,
            Bytes = stopped.Bytes + killed.Bytes,
            Kinds = FlipTally.Of(_outcomes),
            Repaired = _outcomes.Count(outcome => outcome is { Found: true, Violations: [] }),
            OverHttp = Math.Min(options.OverHttp, options.Count),
            Rejoined = rejoined,
            Violations = _violations,
            Seconds = Math.Round(time.GetElapsedTime(started).TotalSeconds, 1),
            Data = stage.NetworkDirectory,
        };
    }

    private async Task FlipAllAsync(FlipStage stage, ChainVerifier verifier, ByteMap stopped, ByteMap killed, CancellationToken cancellationToken)
    {
        var (repair, http) = (new FlipRepair(stage, verifier), new FlipOverHttp(stage, verifier));
        var period = options.OverHttp == 0 ? int.MaxValue : Math.Max(1, options.Count / options.OverHttp);
        for (var i = 0; i < options.Count; i++)
        {
            // Bytes of the log and of rows in it, bytes of the file, and each kind in turn, however few bytes it has.
            var random = new Random(unchecked((options.Seed * 1_000_003) + i));
            var (map, image) = i % 4 == 2 ? (killed, stage.Killed) : (stopped, stage.Stopped);
            var flip = Flip.Choose(map, i % 2 == 1 ? stopped.Kinds[i / 2 % stopped.Kinds.Count] : null, random);
            var outcome = i % period == period - 1
                ? await http.RunAsync(image, flip, $"flip-{i}", cancellationToken)
                : await repair.RunAsync(image, flip, $"flip-{i}", verifyFirst: i / 4 % 2 == 0, cancellationToken);
            _outcomes.Add(outcome);
            _violations.AddRange(outcome.Violations.Select(violation => $"flip-{i}, {flip}: {violation}{(outcome.Report is { } report ? $" (found: {report})" : "")}"));
        }
    }
}
