using Dems.Core.Energy;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Entries;

namespace Dems.Core.Ledger.Execution;

/// <summary>
/// One row of a block's results: what became of one entry. An applied batch's row carries its node and readings root, so that a single reading can be shown with its path
/// in the batch's tree and this row's path in the results tree, without the rest of the batch.
/// </summary>
/// <param name="Index">Position of the entry in the chain's tree, from 0.</param>
/// <param name="Leaf">Names the entry's bytes.</param>
/// <param name="Content">Names what was signed.</param>
/// <param name="Kind">What kind of body it has.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="At">Index of the first reading for which a batch was refused; −1 otherwise.</param>
/// <param name="Node">The node of a batch; all zero otherwise.</param>
/// <param name="ReadingsRoot">Root of a batch's readings; all zero otherwise.</param>
public sealed record EntryResult(
    long Index, LeafHash Leaf, ContentId Content, EntryKind Kind, EntryOutcome Outcome, int At, NodeAddress Node, Hash32 ReadingsRoot) : ResultRow
{
    /// <summary>Canonical bytes: [index, leaf, content, kind, outcome, at or null, node or null, readings root or null].</summary>
    public override byte[] Encode()
    {
        var writer = Canonical.NewWriter(192);
        writer.WriteStartArray(8);
        writer.WriteInt64(Index);
        Canonical.WriteHash(writer, Leaf.Value);
        Canonical.WriteHash(writer, Content.Value);
        writer.WriteInt32((int)Kind);
        writer.WriteInt32((int)Outcome);
        if (At < 0)
        {
            writer.WriteNull();
        }
        else
        {
            writer.WriteInt32(At);
        }

        if (Kind == EntryKind.Batch)
        {
            writer.WriteByteString(Node.ToArray());
            Canonical.WriteHash(writer, ReadingsRoot);
        }
        else
        {
            writer.WriteNull();
            writer.WriteNull();
        }

        writer.WriteEndArray();
        return writer.Encode();
    }
}
