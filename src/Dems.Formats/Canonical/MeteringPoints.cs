using System.Text;
using Dems.Formats.Text;

namespace Dems.Formats.Canonical;

/// <summary>Turns the bytes of an id into a string, once for each of the ids seen lately: a file repeats them on every row.</summary>
internal sealed class MeteringPoints
{
    private const int Slots = 4096;

    private readonly (byte[] Bytes, string Text)[] _slots = new (byte[], string)[Slots];

    public bool TryGet(ReadOnlySpan<byte> bytes, out string text, out Flaw flaw)
    {
        var hash = new HashCode();
        hash.AddBytes(bytes);
        ref var slot = ref _slots[hash.ToHashCode() & (Slots - 1)];
        if (slot.Bytes is not null && bytes.SequenceEqual(slot.Bytes))
        {
            text = slot.Text;
            flaw = default;
            return true;
        }

        text = "";
        if (!MeteringPointText.IsId(bytes, out flaw))
        {
            return false;
        }

        text = Encoding.ASCII.GetString(bytes);
        slot = (bytes.ToArray(), text);
        return true;
    }
}
