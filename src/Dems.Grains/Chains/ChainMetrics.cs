using System.Diagnostics.Metrics;
using Dems.Replication.Ports;

namespace Dems.Grains.Chains;

/// <summary>What is measured of the chains, without naming members or nodes.</summary>
internal static class ChainMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Dems.Ledger";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Counter<long> Blocks =
        Meter.CreateCounter<long>("dems.consensus.block.committed", "{block}", "Blocks committed.");

    private static readonly Counter<long> Entries =
        Meter.CreateCounter<long>("dems.entry.final", "{entry}", "Entries that became final.");

    private static readonly Histogram<double> CommitDuration =
        Meter.CreateHistogram<double>("dems.consensus.commit.duration", "s", "From the proposer's time to the commit here.");

    private static readonly Counter<long> Submitted =
        Meter.CreateCounter<long>("dems.entry.submitted", "{entry}", "Entries submitted here, by outcome.");

    private static readonly Counter<long> Evidence =
        Meter.CreateCounter<long>("dems.consensus.evidence.found", "{offence}", "Double signatures of validators found here, by what was signed.");

    private static readonly Counter<long> Implausible =
        Meter.CreateCounter<long>("dems.reading.implausible", "{reading}", "Final readings that the plausibility rules mark, by rule.");

    public static void EvidenceFound(Core.Consensus.EvidenceKind kind) => Evidence.Add(1, new KeyValuePair<string, object?>("kind", kind.ToString()));

    public static void Marked(MarkCounter marks)
    {
        foreach (var (mark, count) in marks.Counts)
        {
            if (count > 0)
            {
                Implausible.Add(count, new KeyValuePair<string, object?>("rule", mark.ToString()));
            }
        }
    }

    public static void Committed(DecidedBlock block, DateTimeOffset now)
    {
        Blocks.Add(1);
        Entries.Add(block.Block.Leaves.Count);
        CommitDuration.Record(Math.Max(0, now.ToUnixTimeMilliseconds() - block.Block.Header.Time.UnixMilliseconds) / 1000.0);
    }

    public static void Answered(string outcome, int count) => Submitted.Add(count, new KeyValuePair<string, object?>("outcome", outcome));
}
