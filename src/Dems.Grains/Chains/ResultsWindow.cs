using Dems.Core.Ledger;
using Dems.Replication.Ports;

namespace Dems.Grains.Chains;

/// <summary>Results of the newest blocks, from their execution until the query tables have them. Older ones make room.</summary>
internal sealed class ResultsWindow
{
    /// <summary>Blocks kept; the largest have 4,096 rows of some 170 bytes.</summary>
    public const int Size = 16;

    private readonly Lock _gate = new();
    private readonly ProjectedResults?[] _slots = new ProjectedResults?[Size];

    public void Add(ProjectedResults results)
    {
        lock (_gate)
        {
            _slots[results.Height.Value % Size] = results;
        }
    }

    /// <summary>The results of a block; null if they are not (or no longer) here.</summary>
    public ProjectedResults? Find(Height height)
    {
        lock (_gate)
        {
            return _slots[height.Value % Size] is { } results && results.Height == height ? results : null;
        }
    }
}
