using Dems.Core.Governance.Encoding;
using Dems.Core.Governance.Execution.Effects;
using Dems.Core.Governance.Payloads;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Execution;

namespace Dems.Core.Governance.Execution;

/// <summary>What accepted ballots do to the state, one file per payload.</summary>
internal static class BallotEffects
{
    /// <summary>Applies the effect of a ballot whose time has come; refused if the state no longer allows it, and then nothing has changed.</summary>
    public static EntryOutcome Apply(StateDraft draft, BlockHeader header, ContentId ballot, BallotTerms terms)
    {
        if (!BallotPayloadCodec.TryDecode(terms.Kind, terms.Payload, out var payload, out var error))
        {
            throw new InvalidOperationException($"Ballot {ballot} was accepted with a payload that does not decode: {error}.");
        }

        return payload switch
        {
            RuleChange change => RuleEffect.Apply(draft, terms, change),
            TariffChange change => TariffEffect.Apply(draft, terms, change),
            AdmissionChange change => AdmissionEffect.Apply(draft, change),
            ValidatorChange change => ValidatorEffect.Apply(draft, header.Height, change),
            ProtocolActivation activation => ProtocolEffect.Apply(draft, activation),
            TimeZoneActivation activation => ProtocolEffect.Apply(draft, activation),
            SettlementApproval approval => SettlementEffect.Apply(draft, header, ballot, approval),
            GovernanceChange change => GovernanceEffect.Apply(draft, change),
            Resolution => EntryOutcome.Applied,
            _ => throw new InvalidOperationException($"{payload.GetType().Name} was accepted but has no effect."),
        };
    }
}
