using Dems.Core.Ledger;

namespace Dems.Simulation.Oracle;

/// <summary>Contents that must be on the chain of every honest member in the end.</summary>
internal sealed class PromiseRecord
{
    private readonly List<ContentId> _contents = [];
    private readonly HashSet<ContentId> _known = [];

    public long Count => _contents.Count;

    public IReadOnlyList<ContentId> Contents => _contents;

    public void Add(IEnumerable<ContentId> contents) => _contents.AddRange(contents.Where(_known.Add));
}
