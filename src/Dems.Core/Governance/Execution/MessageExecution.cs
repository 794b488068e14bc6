using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Entries;
using Dems.Core.Ledger.Execution;

namespace Dems.Core.Governance.Execution;

/// <summary>
/// Executes messages between nodes. The ledger says who told whom what and when, and that an offer or request is answered once, by the node it was sent to, before the time it is
/// about; what an agreement means is the rule's matter.
/// </summary>
internal static class MessageExecution
{
    public static EntryOutcome Execute(StateDraft draft, BlockHeader header, OpenedEntry entry, KeyRecord signer, NodeMessage message)
    {
        var now = header.Time.UnixMilliseconds / 1_000;
        if (Node(draft, message.From) is not { } from || Node(draft, message.To) is not { } to)
        {
            return EntryOutcome.RefusedUnknownSubject;
        }

        if (signer.Address != message.From && signer.Address != from.Party)
        {
            return EntryOutcome.RefusedNotAllowed;
        }

        if (HasEnded(from, now) || HasEnded(to, now))
        {
            return EntryOutcome.RefusedRetired;
        }

        if (message.Terms is { } terms && terms.Start <= now)
        {
            return EntryOutcome.RefusedPeriod;
        }

        var outcome = message.InReplyTo is { } earlier ? Refer(draft, message, earlier, now) : EntryOutcome.Applied;
        if (outcome == EntryOutcome.Applied)
        {
            draft.Set(StateKeys.Message(entry.Content), new MessageRecord(message.Type, message.From, message.To, message.Terms?.Start ?? 0, Answer: null));
        }

        return outcome;
    }

    private static EntryOutcome Refer(StateDraft draft, NodeMessage message, ContentId earlier, long now)
    {
        var key = StateKeys.Message(earlier);
        if (draft.Get(key, StateDecoders.Message) is not { } record)
        {
            return EntryOutcome.RefusedUnknownSubject;
        }

        var isBetweenThem = (record.From, record.To) == (message.From, message.To) || (record.From, record.To) == (message.To, message.From);
        if (message.Type is not (MessageType.Accept or MessageType.Reject))
        {
            return isBetweenThem ? EntryOutcome.Applied : EntryOutcome.RefusedNotAllowed;
        }

        if (record.Type is not (MessageType.Offer or MessageType.Request) || (record.From, record.To) != (message.To, message.From))
        {
            return EntryOutcome.RefusedNotAllowed;
        }

        if (record.Answer is not null)
        {
            return EntryOutcome.RefusedAnswered;
        }

        if (message.Type == MessageType.Accept && record.Start <= now)
        {
            return EntryOutcome.RefusedPeriod;
        }

        draft.Set(key, record with { Answer = message.Type });
        return EntryOutcome.Applied;
    }

    private static NodeRecord? Node(StateDraft draft, NodeAddress node) => draft.Get(StateKeys.Node(node), StateDecoders.Node);

    private static bool HasEnded(NodeRecord node, long now) => node.ValidUntil != 0 && node.ValidUntil <= now;
}
