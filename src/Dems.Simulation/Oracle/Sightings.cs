using Dems.Replication.Machine;
using Dems.Replication.Ports;

namespace Dems.Simulation.Oracle;

/// <summary>Counts what a run went through, so that a test can say that the interesting things do happen. Judges nothing.</summary>
internal sealed class Sightings
{
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, long> Counts => _counts;

    public void Add(string what, long times = 1) => _counts[what] = _counts.GetValueOrDefault(what) + times;

    public void Started(SafetyRow? row)
    {
        if (row is null)
        {
            Add("start without a row");
        }
        else if (SafetyState.TryDecode(row.State, out var state, out _) && state.Own.Count > 0)
        {
            Add(state.Safety.LockedRound >= 0 ? "start with a lock" : "start in the middle of a height");
        }
    }

    public void Committed(DecidedBlock block, ReplicaStanding? standing)
    {
        if (block.Certificate.Round > 0)
        {
            Add("decision in a later round");
        }

        if (block.Block.Header.Round < block.Certificate.Round)
        {
            Add("decision on a re-proposal");
        }

        if (block.Block.Leaves.Count == 0)
        {
            Add("empty block");
        }

        if (standing?.AbstainThrough is { } through && block.Height <= through)
        {
            Add("decision while abstaining");
        }

        if (standing is { Round: < 0 })
        {
            Add("block by catching up");
        }
    }
}
