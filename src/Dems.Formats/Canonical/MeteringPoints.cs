using System.Text;
using System.Text.Unicode;
using Dems.Formats.Text;

namespace Dems.Formats.Canonical;

/// <summary>Turns the bytes of an id into a string, once for each of the ids seen lately: a file repeats them on every row.</summary>
internal sealed class MeteringPoints
{
    /// <summary>Longest id in bytes of UTF-8; the longest official ids in use (AT, DE, DK, ES) have at most 35.</summary>
    public const int MaxLength = 64;

    private const int Slots = 4096;

    private static readonly Flaw Missing = new("there is no metering point", "state its official id");
    private static readonly Flaw TooLong = new($"the id is longer than {MaxLength} bytes", "state the official id alone");
    private static readonly Flaw BadText = new(
        "the id has blanks at its ends, control characters, or bytes that are not UTF-8", "state the official id alone, in UTF-8");

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
        flaw = bytes.IsEmpty ? Missing : bytes.Length > MaxLength ? TooLong : BadText;
        if (bytes.IsEmpty || bytes.Length > MaxLength || !Utf8.IsValid(bytes))
        {
            return false;
        }

        var decoded = Encoding.UTF8.GetString(bytes);
        if (decoded.Any(char.IsControl) || decoded.Trim().Length != decoded.Length)
        {
            return false;
        }

        text = decoded;
        slot = (bytes.ToArray(), decoded);
        return true;
    }
}
