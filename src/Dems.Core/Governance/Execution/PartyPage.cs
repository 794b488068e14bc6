using System.Buffers.Binary;
using Dems.Core.Energy;
using Dems.Core.Ledger.Execution;

namespace Dems.Core.Governance.Execution;

/// <summary>Up to <see cref="Size"/> parties in the order of their admission. Encoded per party: address (20), retired (1), nodes (4), capacity in Wh (8), big-endian.</summary>
internal sealed class PartyPage : IStateRecord
{
    /// <summary>Parties per page.</summary>
    public const int Size = 256;

    private const int SlotSize = NodeAddress.Size + 1 + sizeof(int) + sizeof(long);

    private readonly List<PartySlot> _slots = [];

    public IReadOnlyList<PartySlot> Slots => _slots;

    public void Add(PartySlot slot) => _slots.Add(slot);

    public void Replace(int place, PartySlot slot) => _slots[place] = slot;

    public byte[] Encode()
    {
        var bytes = new byte[_slots.Count * SlotSize];
        var rest = bytes.AsSpan();
        foreach (var slot in _slots)
        {
            slot.Party.CopyTo(rest);
            rest[NodeAddress.Size] = slot.Retired ? (byte)1 : (byte)0;
            BinaryPrimitives.WriteInt32BigEndian(rest[(NodeAddress.Size + 1)..], slot.Nodes);
            BinaryPrimitives.WriteInt64BigEndian(rest[(NodeAddress.Size + 1 + sizeof(int))..], slot.CapacityWh);
            rest = rest[SlotSize..];
        }

        return bytes;
    }

    public static PartyPage Decode(ReadOnlySpan<byte> bytes)
    {
        var page = new PartyPage();
        for (; !bytes.IsEmpty; bytes = bytes[SlotSize..])
        {
            page.Add(new PartySlot(
                new NodeAddress(bytes[..NodeAddress.Size]),
                bytes[NodeAddress.Size] != 0,
                BinaryPrimitives.ReadInt32BigEndian(bytes[(NodeAddress.Size + 1)..]),
                BinaryPrimitives.ReadInt64BigEndian(bytes[(NodeAddress.Size + 1 + sizeof(int))..])));
        }

        return page;
    }
}
