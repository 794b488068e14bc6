using Dems.Core.Energy;
using Dems.Core.Governance.Execution;
using Dems.Core.Ledger.Entries;
using Dems.Core.Ledger.Execution.Intervals;

namespace Dems.Core.Ledger.Execution;

/// <summary>Executes registrations, delegations, key rotations and retirements.</summary>
internal static class RegistrationExecution
{
    /// <summary>A member admits a party.</summary>
    public static EntryOutcome Execute(StateDraft draft, OpenedEntry entry, PartyRegistration registration) =>
        IsMember(draft, entry) ? Admit(draft, registration) : EntryOutcome.RefusedNotAllowed;

    /// <summary>A party is admitted by whoever may.</summary>
    public static EntryOutcome Admit(StateDraft draft, PartyRegistration registration)
    {
        if (draft.Get(StateKeys.Party(registration.Address), StateDecoders.Party) is { } existing)
        {
            return existing.Name == registration.Name && !existing.Retired ? EntryOutcome.Duplicate : EntryOutcome.RefusedTaken;
        }

        if (!TryIntroduce(draft, registration.Party.Fingerprint))
        {
            return EntryOutcome.RefusedRetired;
        }

        var place = PartyIndex.Add(draft, registration.Address);
        draft.Set(StateKeys.Party(registration.Address), new PartyRecord(registration.Name, OpenNodes: 0, Retired: false, place));
        return EntryOutcome.Applied;
    }

    /// <summary>A party registers a node.</summary>
    public static EntryOutcome Execute(StateDraft draft, KeyRecord signer, NodeRegistration registration) =>
        CheckParty(draft, signer, registration.Party) is var refusal and not EntryOutcome.Applied ? refusal : Admit(draft, registration);

    /// <summary>A node is admitted by whoever may. A metering-point id passes on once its last node's contract ends before the new one begins.</summary>
    public static EntryOutcome Admit(StateDraft draft, NodeRegistration registration)
    {
        var refusal = CheckParty(draft, signer: null, registration.Party);
        if (refusal != EntryOutcome.Applied)
        {
            return refusal;
        }

        var record = new NodeRecord(registration.Party, registration.MeteringPoint, registration.Sources, registration.ValidFrom, ValidUntil: 0);
        if (draft.Get(StateKeys.Node(registration.Address), StateDecoders.Node) is { } existing)
        {
            var isSame = existing with { Sources = record.Sources } == record && existing.Sources.SequenceEqual(record.Sources);
            return isSame ? EntryOutcome.Duplicate : EntryOutcome.RefusedTaken;
        }

        var meteringPointKey = StateKeys.MeteringPoint(registration.MeteringPoint);
        if (draft.Get(meteringPointKey, StateDecoders.MeteringPoint) is { } holder
            && draft.Get(StateKeys.Node(holder.Address), StateDecoders.Node) is { } before
            && (before.ValidUntil == 0 || before.ValidUntil > registration.ValidFrom))
        {
            return EntryOutcome.RefusedTaken;
        }

        if (NodeIndex.Count(draft) >= NodeIndex.MaxNodes)
        {
            return EntryOutcome.RefusedFull;
        }

        if (!TryIntroduce(draft, registration.Node.Fingerprint))
        {
            return EntryOutcome.RefusedRetired;
        }

        draft.Set(StateKeys.Node(registration.Address), record);
        NodeIndex.Add(draft, registration.Address, record);
        draft.Set(meteringPointKey, new AddressRecord(registration.Address));
        AddOpenNode(draft, record);
        return EntryOutcome.Applied;
    }

    /// <summary>A party lets a key sign for its node.</summary>
    public static EntryOutcome Execute(StateDraft draft, KeyRecord signer, Delegation delegation)
    {
        if (draft.Get(StateKeys.Node(delegation.Node), StateDecoders.Node) is not { } node)
        {
            return EntryOutcome.RefusedUnknownSubject;
        }

        var refusal = CheckParty(draft, signer, node.Party);
        if (refusal != EntryOutcome.Applied)
        {
            return refusal;
        }

        if (!TryIntroduce(draft, delegation.Delegate.Fingerprint))
        {
            return EntryOutcome.RefusedRetired;
        }

        var identity = draft.Get(StateKeys.Key(delegation.Delegate.Fingerprint), StateDecoders.Key)!.Identity;
        var key = StateKeys.Delegation(identity, delegation.Node);
        var record = new DelegationRecord(
            delegation.Role, DelegationRecord.BitsOf(delegation.Registers), delegation.ValidFrom, delegation.ValidUntil, Revoked: false);
        if (draft.Get(key, StateDecoders.Delegation) == record)
        {
            return EntryOutcome.Duplicate;
        }

        draft.Set(key, record);
        return EntryOutcome.Applied;
    }

    /// <summary>A key hands over to a new one. Members' keys change by ballot only, since they vote.</summary>
    public static EntryOutcome Execute(StateDraft draft, OpenedEntry entry, KeyRecord signer, KeyRotation rotation)
    {
        if (IsMember(draft, entry))
        {
            return EntryOutcome.RefusedNotAllowed;
        }

        var newKey = StateKeys.Key(rotation.NewKey.Fingerprint);
        if (draft.Get(newKey, StateDecoders.Key) is not null)
        {
            return EntryOutcome.RefusedTaken;
        }

        draft.Set(StateKeys.Key(entry.Signer.Fingerprint), signer with { Status = KeyStatus.Rotated });
        draft.Set(newKey, new KeyRecord(signer.Identity, KeyStatus.Active));
        return EntryOutcome.Applied;
    }

    /// <summary>A party, or a member for it, ends a node, a delegation or the party itself.</summary>
    public static EntryOutcome Execute(StateDraft draft, OpenedEntry entry, KeyRecord signer, Retirement retirement) => retirement.Subject switch
    {
        RetirementSubject.Node => RetireNode(draft, entry, signer, retirement),
        RetirementSubject.Delegation => RetireDelegation(draft, entry, signer, retirement),
        RetirementSubject.Party => RetireParty(draft, entry, signer, retirement),
        _ => throw new InvalidOperationException($"{retirement.Subject} passed decoding."),
    };

    private static EntryOutcome RetireNode(StateDraft draft, OpenedEntry entry, KeyRecord signer, Retirement retirement)
    {
        if (draft.Get(StateKeys.Node(retirement.Address), StateDecoders.Node) is not { } node)
        {
            return EntryOutcome.RefusedUnknownSubject;
        }

        return MayEnd(draft, entry, signer, node.Party) ? EndNode(draft, retirement) : EntryOutcome.RefusedNotAllowed;
    }

    /// <summary>A node's contract gets an end by whoever may.</summary>
    public static EntryOutcome EndNode(StateDraft draft, Retirement retirement)
    {
        var key = StateKeys.Node(retirement.Address);
        if (draft.Get(key, StateDecoders.Node) is not { } node)
        {
            return EntryOutcome.RefusedUnknownSubject;
        }

        if (node.ValidUntil != 0)
        {
            return node.ValidUntil == retirement.Effective ? EntryOutcome.Duplicate : EntryOutcome.RefusedRetired;
        }

        if (retirement.Effective < node.ValidFrom)
        {
            return EntryOutcome.RefusedPeriod;
        }

        var ended = node with { ValidUntil = retirement.Effective };
        draft.Set(key, ended);
        NodeIndex.End(draft, ended);
        EndOpenNode(draft, node);
        return EntryOutcome.Applied;
    }

    private static EntryOutcome RetireDelegation(StateDraft draft, OpenedEntry entry, KeyRecord signer, Retirement retirement)
    {
        var key = StateKeys.Delegation(retirement.Delegate, retirement.Address);
        if (draft.Get(key, StateDecoders.Delegation) is not { } delegation
            || draft.Get(StateKeys.Node(retirement.Address), StateDecoders.Node) is not { } node)
        {
            return EntryOutcome.RefusedUnknownSubject;
        }

        if (!MayEnd(draft, entry, signer, node.Party))
        {
            return EntryOutcome.RefusedNotAllowed;
        }

        if (delegation.Revoked)
        {
            return EntryOutcome.Duplicate;
        }

        draft.Set(key, delegation with { Revoked = true });
        return EntryOutcome.Applied;
    }

    private static EntryOutcome RetireParty(StateDraft draft, OpenedEntry entry, KeyRecord signer, Retirement retirement)
    {
        if (draft.Get(StateKeys.Party(retirement.Address), StateDecoders.Party) is null)
        {
            return EntryOutcome.RefusedUnknownSubject;
        }

        return MayEnd(draft, entry, signer, retirement.Address) ? EndParty(draft, retirement) : EntryOutcome.RefusedNotAllowed;
    }

    /// <summary>A party leaves by whoever may; its nodes have to end before.</summary>
    public static EntryOutcome EndParty(StateDraft draft, Retirement retirement)
    {
        var key = StateKeys.Party(retirement.Address);
        if (draft.Get(key, StateDecoders.Party) is not { } party)
        {
            return EntryOutcome.RefusedUnknownSubject;
        }

        if (party.OpenNodes > 0)
        {
            return EntryOutcome.RefusedNotAllowed;
        }

        if (party.Retired)
        {
            return EntryOutcome.Duplicate;
        }

        draft.Set(key, party with { Retired = true });
        PartyIndex.Retire(draft, party.Place);
        return EntryOutcome.Applied;
    }

    private static bool IsMember(StateDraft draft, OpenedEntry entry) =>
        draft.Get(StateKeys.Member(entry.Signer.Fingerprint), StateDecoders.Member) is not null;

    private static bool MayEnd(StateDraft draft, OpenedEntry entry, KeyRecord signer, NodeAddress party) =>
        signer.Address == party || IsMember(draft, entry);

    /// <summary>Applied if the party is there and, where a signer is given, is the signer.</summary>
    private static EntryOutcome CheckParty(StateDraft draft, KeyRecord? signer, NodeAddress party)
    {
        if (draft.Get(StateKeys.Party(party), StateDecoders.Party) is not { } record)
        {
            return EntryOutcome.RefusedUnknownSubject;
        }

        if (signer is not null && signer.Address != party)
        {
            return EntryOutcome.RefusedNotAllowed;
        }

        return record.Retired ? EntryOutcome.RefusedRetired : EntryOutcome.Applied;
    }

    /// <summary>Makes a key known, unless it is; false if it has handed over to another. A key that was only delegated so far can still become a party's or a node's own.</summary>
    private static bool TryIntroduce(StateDraft draft, Hash32 fingerprint)
    {
        var key = StateKeys.Key(fingerprint);
        if (draft.Get(key, StateDecoders.Key) is { } known)
        {
            return known.Status == KeyStatus.Active;
        }

        draft.Set(key, new KeyRecord(fingerprint, KeyStatus.Active));
        return true;
    }

    private static void AddOpenNode(StateDraft draft, NodeRecord node)
    {
        var key = StateKeys.Party(node.Party);
        var party = draft.Get(key, StateDecoders.Party)!;
        draft.Set(key, party with { OpenNodes = party.OpenNodes + 1 });
        PartyIndex.AddNode(draft, party.Place, node);
    }

    private static void EndOpenNode(StateDraft draft, NodeRecord node)
    {
        var key = StateKeys.Party(node.Party);
        var party = draft.Get(key, StateDecoders.Party)!;
        draft.Set(key, party with { OpenNodes = party.OpenNodes - 1 });
        PartyIndex.EndNode(draft, party.Place, node);
    }
}
