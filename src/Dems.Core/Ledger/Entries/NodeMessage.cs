using Dems.Core.Energy;

namespace Dems.Core.Ledger.Entries;

/// <summary>
/// One node tells another something that neither can deny later: nodes negotiate on the ledger. Signed by a key of the sending node's line, or by its party's.
/// </summary>
/// <param name="Type">What it says.</param>
/// <param name="From">The sending node.</param>
/// <param name="To">The other node.</param>
/// <param name="InReplyTo">Content id of an earlier message between the two; null if there is none. Acceptance and rejection need one.</param>
/// <param name="Terms">What is offered or requested; null for other messages.</param>
/// <param name="Text">1…<see cref="MaxTextLength"/> characters; null if there is none. A message of type text needs one.</param>
public sealed record NodeMessage(MessageType Type, NodeAddress From, NodeAddress To, ContentId? InReplyTo, MessageTerms? Terms, string? Text) : EntryBody
{
    /// <summary>Longest text in UTF-16 units.</summary>
    public const int MaxTextLength = 500;

    /// <inheritdoc/>
    public override EntryKind Kind => EntryKind.NodeMessage;

    /// <summary>Why the parts do not belong together; null if they do. Independent of the state.</summary>
    public string? Refusal()
    {
        if (From == To)
        {
            return "a node does not write to itself";
        }

        var hasTerms = Type is MessageType.Offer or MessageType.Request;
        if (hasTerms != Terms is not null)
        {
            return hasTerms ? "an offer or request needs terms" : $"a message of type {Type} has no terms";
        }

        if (Type is MessageType.Accept or MessageType.Reject && InReplyTo is null)
        {
            return "an answer names what it answers";
        }

        return Type == MessageType.Text && Text is null ? "a text is missing" : null;
    }
}
