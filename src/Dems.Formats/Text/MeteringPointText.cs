using Dems.Core.Ledger.Entries;

namespace Dems.Formats.Text;

/// <summary>What the ledger takes for a metering point's id: printable ASCII without spaces.</summary>
internal static class MeteringPointText
{
    /// <summary>Longest id in characters, as registrations have it.</summary>
    public const int MaxLength = NodeRegistration.MaxMeteringPointLength;

    private const string State = "state the official id alone";

    private static readonly Flaw Missing = new("there is no metering point", "state its official id");
    private static readonly Flaw TooLong = new($"the id is longer than {MaxLength} characters", State);
    private static readonly Flaw BadText = new("the id has spaces, control characters, or letters outside ASCII", State);

    /// <summary>Whether the text is an id; false with the flaw otherwise.</summary>
    public static bool IsId(ReadOnlySpan<byte> text, out Flaw flaw)
    {
        flaw = text.IsEmpty ? Missing : text.Length > MaxLength ? TooLong : BadText;
        return text.Length is > 0 and <= MaxLength && !text.ContainsAnyExceptInRange((byte)'!', (byte)'~');
    }
}
