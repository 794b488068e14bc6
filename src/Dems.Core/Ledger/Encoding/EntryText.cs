using Dems.Core.Energy;
using Dems.Core.Ledger.Entries;

namespace Dems.Core.Ledger.Encoding;

/// <summary>What a text field may hold. One value has one spelling only: names do not start or end with a space, ids have no spaces and no letters beyond ASCII.</summary>
internal sealed class EntryText
{
    private readonly int _max;
    private readonly bool _idOnly;

    private EntryText(int max, bool idOnly) => (_max, _idOnly) = (max, idOnly);

    public static EntryText PartyName { get; } = new(PartyRegistration.MaxNameLength, idOnly: false);

    public static EntryText SourceName { get; } = new(EnergySource.MaxNameLength, idOnly: false);

    public static EntryText MeteringPoint { get; } = new(NodeRegistration.MaxMeteringPointLength, idOnly: true);

    public static EntryText MemberName { get; } = new(Genesis.MaxName, idOnly: false);

    public static EntryText BallotText { get; } = new(BallotProposal.MaxTextLength, idOnly: false);

    public static EntryText MessageText { get; } = new(NodeMessage.MaxTextLength, idOnly: false);

    /// <summary>Why a text is refused; null if it is not.</summary>
    public string? Refusal(string text)
    {
        if (text.Length == 0 || text.Length > _max)
        {
            return $"must have 1…{_max} characters, not {text.Length}";
        }

        if (_idOnly)
        {
            return text.All(c => c is > ' ' and <= '~') ? null : "may have printable ASCII characters without spaces only";
        }

        if (text.Any(char.IsControl))
        {
            return "may not have control characters";
        }

        return char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1]) ? "may not start or end with a space" : null;
    }
}
