using System.Formats.Cbor;
using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Execution;

namespace Dems.Core.Governance.Execution;

/// <summary>The ballots under way: [[due, ballot, proposer], …], ascending by (due, ballot). Due is the block time of the next step: opening, tally or effect.</summary>
internal sealed class BallotAgenda(IEnumerable<BallotAgenda.Item> items) : IStateRecord
{
    private readonly List<Item> _items = [.. items];

    public static BallotAgenda Empty { get; } = new([]);

    public IReadOnlyList<Item> Items => _items;

    /// <summary>The agenda with a further item, or with another time for one.</summary>
    public BallotAgenda With(Item item) => new(
        _items.Where(other => other.Ballot != item.Ballot).Append(item).OrderBy(other => other.Due).ThenBy(other => other.Ballot));

    public BallotAgenda Without(ContentId ballot) => new(_items.Where(item => item.Ballot != ballot));

    public byte[] Encode()
    {
        var writer = Canonical.NewWriter(16 + 72 * _items.Count);
        writer.WriteStartArray(_items.Count);
        foreach (var item in _items)
        {
            writer.WriteStartArray(3);
            writer.WriteInt64(item.Due.UnixMilliseconds);
            Canonical.WriteHash(writer, item.Ballot.Value);
            writer.WriteByteString(item.Proposer.ToArray());
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        return writer.Encode();
    }

    public static BallotAgenda Read(CborReader reader)
    {
        var items = new Item[Canonical.ReadArrayUpTo(reader, int.MaxValue)];
        for (var i = 0; i < items.Length; i++)
        {
            Canonical.ReadArray(reader, 3);
            items[i] = new Item(
                new BlockTime(reader.ReadInt64()),
                new ContentId(Canonical.ReadHash(reader)),
                new NodeAddress(Canonical.ReadBytes(reader, NodeAddress.Size, "proposer").Span));
            reader.ReadEndArray();
        }

        reader.ReadEndArray();
        return new BallotAgenda(items);
    }

    internal readonly record struct Item(BlockTime Due, ContentId Ballot, NodeAddress Proposer);
}
