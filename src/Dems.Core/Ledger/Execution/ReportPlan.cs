using Dems.Core.Consensus;
using Dems.Core.Crypto;

namespace Dems.Core.Ledger.Execution;

/// <summary>What a member needs to report evidence: whom it is against, and a sequence number.</summary>
/// <param name="Offender">The key that signed both statements.</param>
/// <param name="Sequence">An unused number of the reporter.</param>
public sealed record ReportPlan(PublicKey Offender, long Sequence)
{
    /// <summary>
    /// Plans a report; null if there is nothing to report: the reporter is no member, nobody decided that height with that index, or the chain has the offence already.
    /// </summary>
    /// <param name="state">The newest state.</param>
    /// <param name="height">Height that was signed for twice.</param>
    /// <param name="round">Round.</param>
    /// <param name="kind">What was signed twice.</param>
    /// <param name="validator">Index of the signer in the set of the height.</param>
    /// <param name="reporter">The member's key.</param>
    /// <param name="skip">How many unused numbers to pass over, because reports under them wait to be ordered.</param>
    public static ReportPlan? Of(LedgerState state, Height height, int round, EvidenceKind kind, int validator, PublicKey reporter, int skip)
    {
        var set = state.Validators.At(height);
        if (state.FindMember(reporter.Fingerprint) is null || validator < 0 || validator >= set.Count)
        {
            return null;
        }

        var offender = set[validator];
        var draft = new StateDraft(state.Map);
        var key = StateKeys.Evidence(offender.Fingerprint, height, round, (int)kind);
        return draft.Get(key, StateDecoders.Hash) is null ? new ReportPlan(offender, SequenceWindow.FreeBelow(draft, reporter.Fingerprint, skip)) : null;
    }
}
