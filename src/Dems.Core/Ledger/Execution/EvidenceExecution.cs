using Dems.Core.Ledger.Entries;

namespace Dems.Core.Ledger.Execution;

/// <summary>Executes evidence reports. The two signatures were checked on opening; here it is checked that the key was the validator of that height.</summary>
internal static class EvidenceExecution
{
    public static EntryOutcome Execute(StateDraft draft, ValidatorSchedule validators, Height current, OpenedEntry entry, EvidenceReport report)
    {
        if (draft.Get(StateKeys.Member(entry.Signer.Fingerprint), StateDecoders.Member) is null)
        {
            return EntryOutcome.RefusedNotAllowed;
        }

        var evidence = report.Evidence;
        if (evidence.Height > current || validators.At(evidence.Height) is not { } set
            || evidence.Validator >= set.Count || !set[evidence.Validator].Equals(report.Offender))
        {
            return EntryOutcome.RefusedUnknownSubject;
        }

        var key = StateKeys.Evidence(report.Offender.Fingerprint, evidence.Height, evidence.Round, (int)evidence.Kind);
        if (draft.Get(key, StateDecoders.Hash) is not null)
        {
            return EntryOutcome.Duplicate;
        }

        draft.Set(key, new HashRecord(entry.Content.Value));
        return EntryOutcome.Applied;
    }
}
