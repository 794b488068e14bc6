using System.Formats.Cbor;
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
/// <param name="Readings">Number of a batch's readings, which their root alone does not bind; 0 otherwise.</param>
/// <param name="Role">What signed a batch; none if it had no right to, or for other kinds.</param>
public sealed record EntryResult(
    long Index,
    LeafHash Leaf,
    ContentId Content,
    EntryKind Kind,
    EntryOutcome Outcome,
    int At,
    NodeAddress Node,
    Hash32 ReadingsRoot,
    int Readings,
    SigningRole Role) : ResultRow
{
    /// <summary>Longest encoding in bytes.</summary>
    public const int MaxBytes = 192;

    /// <summary>The row of an entry: what it says itself, with what execution found.</summary>
    public static EntryResult Of(long index, OpenedEntry entry, EntryOutcome outcome, int at, SigningRole role)
    {
        var batch = entry.Body as ReadingBatch;
        return new EntryResult(
            index, entry.Leaf, entry.Content, entry.Kind, outcome, at, batch?.Node ?? default, batch?.ReadingsRoot ?? default, batch?.Count ?? 0, role);
    }

    /// <summary>Canonical bytes: [index, leaf, content, kind, outcome, at or null, node or null, readings root or null, readings or null, role or null].</summary>
    private protected override void Write(CborWriter writer)
    {
        writer.WriteStartArray(10);
        writer.WriteInt64(Index);
        Canonical.WriteHash(writer, Leaf.Value);
        Canonical.WriteHash(writer, Content.Value);
        writer.WriteInt32((int)Kind);
        writer.WriteInt32((int)Outcome);
        WriteUnless(writer, At < 0, At);
        if (Kind == EntryKind.Batch)
        {
            writer.WriteByteString(Node.ToArray());
            Canonical.WriteHash(writer, ReadingsRoot);
            writer.WriteInt32(Readings);
        }
        else
        {
            writer.WriteNull();
            writer.WriteNull();
            writer.WriteNull();
        }

        WriteUnless(writer, Role == SigningRole.None, (int)Role);
        writer.WriteEndArray();
    }

    /// <summary>Decodes strictly; false with a reason otherwise.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> bytes, out EntryResult row, out string error) =>
        Canonical.TryDecode(bytes, MaxBytes, "result row", Read, out row, out error);

    private static EntryResult Read(CborReader reader)
    {
        Canonical.ReadArray(reader, 10);
        var index = Canonical.ReadInteger(reader, 0, Merkle.MerkleFrontier.MaxSize - 1, "index");
        var leaf = new LeafHash(Canonical.ReadHash(reader));
        var content = new ContentId(Canonical.ReadHash(reader));
        var kind = Known((EntryKind)reader.ReadInt32(), "kind");
        var outcome = Known((EntryOutcome)reader.ReadInt32(), "outcome");
        var at = TryReadNull(reader) ? -1 : (int)Canonical.ReadInteger(reader, 0, ReadingBatch.MaxReadings - 1, "place of the refused reading");
        var isBatch = !TryReadNull(reader);
        if (isBatch != (kind == EntryKind.Batch))
        {
            throw new FormatException("a node stands in the row of a batch and in no other");
        }

        var node = isBatch ? new NodeAddress(Canonical.ReadBytes(reader, NodeAddress.Size, "node").Span) : default;
        var root = isBatch ? Canonical.ReadHash(reader) : default;
        var readings = isBatch ? (int)Canonical.ReadInteger(reader, 1, ReadingBatch.MaxReadings, "number of readings") : 0;
        if (!isBatch)
        {
            reader.ReadNull();
            reader.ReadNull();
        }

        var role = TryReadNull(reader) ? SigningRole.None : Known((SigningRole)Canonical.ReadInteger(reader, 1, 3, "role"), "role");
        reader.ReadEndArray();
        return new EntryResult(index, leaf, content, kind, outcome, at, node, root, readings, role);
    }

    private static void WriteUnless(CborWriter writer, bool absent, int value)
    {
        if (absent)
        {
            writer.WriteNull();
        }
        else
        {
            writer.WriteInt32(value);
        }
    }

    private static bool TryReadNull(CborReader reader)
    {
        if (reader.PeekState() != CborReaderState.Null)
        {
            return false;
        }

        reader.ReadNull();
        return true;
    }

    private static T Known<T>(T value, string name)
        where T : struct, Enum => Enum.IsDefined(value) ? value : throw new FormatException($"the {name} {value} is not known");
}
