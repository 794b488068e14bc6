using Dems.Contracts.Grains;
using Dems.Core.Ledger.Entries;
using Dems.Core.Ledger.Execution;

namespace Dems.Grains.Chains;

/// <summary>
/// What can be told about an entry before it is stored. Only what the state knows now: an entry that passes may still be refused when it executes, and one that is
/// refused here might have been applied after a registration that is on its way.
/// </summary>
internal static class AuthorityRules
{
    public static AuthorityVerdict NotOpened { get; } = new("entry", "The entry does not open.");

    public static AuthorityVerdict Judge(LedgerState state, OpenedEntry entry)
    {
        if (state.FindKey(entry.Signer.Fingerprint) is not { } key)
        {
            return new("signer", $"The chain does not know the key {entry.Signer.Fingerprint}. Register it or delegate a node to it, and wait until that is final.");
        }

        if (key.Status != KeyStatus.Active)
        {
            return new("signer", "Another key took this one's place. Sign with that.");
        }

        return entry.Body switch
        {
            ReadingBatch batch => JudgeBatch(state, key, batch),
            PartyRegistration when state.FindMember(entry.Signer.Fingerprint) is null => new("signer", "Parties are registered by members. Sign with a member's key."),
            NodeRegistration registration when registration.Party != key.Address => new("body.party", "A node is registered by its party. Sign with the party's key."),
            _ => AuthorityVerdict.Allowed,
        };
    }

    private static AuthorityVerdict JudgeBatch(LedgerState state, KeyRecord signer, ReadingBatch batch)
    {
        if (state.FindNode(batch.Node) is null)
        {
            return new("body.node", $"No node {batch.Node} is registered on this chain.");
        }

        if (signer.Address == batch.Node)
        {
            return AuthorityVerdict.Allowed;
        }

        if (state.FindDelegation(signer.Identity, batch.Node) is not { Revoked: false } delegation)
        {
            return new("signer", $"No delegation lets this key sign for {batch.Node}. The node's party delegates.");
        }

        for (var i = 0; i < batch.Runs.Count; i++)
        {
            var run = batch.Runs[i];
            if (!delegation.Covers(run.Register, run.Start, run.End))
            {
                return new($"body.runs[{i}]", $"The delegation does not cover {run.Register} at that time.");
            }
        }

        return AuthorityVerdict.Allowed;
    }
}
