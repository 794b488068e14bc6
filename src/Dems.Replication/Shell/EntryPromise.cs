using Dems.Core;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Merkle;
using Dems.Replication.Machine;
using Dems.Replication.Protocol;

namespace Dems.Replication.Shell;

/// <summary>One member's promise for one entry: its signature over a group's root, and the path from the entry's content id to that root (RFC 9162 §2.1.3).</summary>
/// <param name="Promise">The signed group.</param>
/// <param name="Index">Place of the content id in the group.</param>
/// <param name="Path">Inclusion path of its leaf.</param>
public sealed record EntryPromise(GroupPromise Promise, int Index, IReadOnlyList<Hash32> Path)
{
    /// <summary>The promises for each content of a group.</summary>
    public static IEnumerable<(ContentId Content, IReadOnlyList<EntryPromise> Promises)> Of(IReadOnlyList<ContentId> contents, IReadOnlyList<GroupPromise> promises)
    {
        var leaves = contents.Select(PromiseBook.LeafOf).ToArray();
        for (var i = 0; i < contents.Count; i++)
        {
            var (index, path) = (i, MerkleTree.ProveInclusion(leaves, i).Path);
            yield return (contents[i], [.. promises.Select(p => new EntryPromise(p, index, path))]);
        }
    }
}
