namespace Dems.Core.Ledger.Execution;

/// <summary>Outcomes in words, the same in every answer, receipt and log.</summary>
public static class OutcomeText
{
    /// <summary>Why an entry was refused, as a word for programs; null if it was not.</summary>
    public static string? CauseOf(EntryOutcome outcome) => outcome switch
    {
        EntryOutcome.Applied or EntryOutcome.Duplicate => null,
        EntryOutcome.RefusedChain => "chain",
        EntryOutcome.RefusedUnknownSigner => "unknown-signer",
        EntryOutcome.RefusedSequence => "sequence",
        EntryOutcome.RefusedSequenceTooOld => "sequence-too-old",
        EntryOutcome.RefusedRetired => "retired",
        EntryOutcome.RefusedNotAllowed => "not-allowed",
        EntryOutcome.RefusedNotDelegated => "not-delegated",
        EntryOutcome.RefusedPeriod => "period",
        EntryOutcome.RefusedRevision => "revision",
        EntryOutcome.RefusedOverlap => "overlap",
        EntryOutcome.RefusedTooLate => "too-late",
        EntryOutcome.RefusedUnknownSubject => "unknown-subject",
        EntryOutcome.RefusedTaken => "taken",
        EntryOutcome.RefusedUnknownBallot => "unknown-ballot",
        EntryOutcome.RefusedNotOpen => "not-open",
        EntryOutcome.RefusedClosed => "closed",
        EntryOutcome.RefusedNotElector => "not-elector",
        EntryOutcome.RefusedAlreadyVoted => "already-voted",
        EntryOutcome.RefusedSchedule => "schedule",
        EntryOutcome.RefusedBallotLimit => "ballot-limit",
        EntryOutcome.RefusedAnswered => "answered",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "The outcome is not known."),
    };

    /// <summary>What became of an entry: <c>applied</c>, <c>duplicate</c> or <c>refused</c>.</summary>
    public static string StatusOf(EntryOutcome outcome) => outcome switch
    {
        EntryOutcome.Applied => "applied",
        EntryOutcome.Duplicate => "duplicate",
        _ => "refused",
    };

    /// <summary>One sentence for people; for a refusal, why and what could be done.</summary>
    public static string ReasonOf(EntryOutcome outcome) => outcome switch
    {
        EntryOutcome.Applied => "It took effect.",
        EntryOutcome.Duplicate => "It repeats what the ledger said already.",
        EntryOutcome.RefusedChain => "It was signed for another chain.",
        EntryOutcome.RefusedUnknownSigner => "No registration, delegation or genesis names the signing key.",
        EntryOutcome.RefusedSequence => "The signer used this sequence number for other content before.",
        EntryOutcome.RefusedSequenceTooOld => "The sequence number lies too far below the signer's highest.",
        EntryOutcome.RefusedRetired => "The signing key was rotated, or the delegation, node or party was retired.",
        EntryOutcome.RefusedNotAllowed => "The signer may not say this.",
        EntryOutcome.RefusedNotDelegated => "No delegation lets the signer speak for this node and register.",
        EntryOutcome.RefusedPeriod => "An interval lies outside the node's contract or the delegation.",
        EntryOutcome.RefusedRevision => "The ledger holds a higher revision of an interval, the same one with another value, or a tariff of a higher version.",
        EntryOutcome.RefusedOverlap => "An interval overlaps one that the ledger divides otherwise.",
        EntryOutcome.RefusedTooLate => "A day of the batch is closed to corrections.",
        EntryOutcome.RefusedUnknownSubject => "The node, party, delegation or validator spoken of does not exist.",
        EntryOutcome.RefusedTaken => "The key or metering-point id belongs to another already.",
        EntryOutcome.RefusedUnknownBallot => "There is no such ballot on this chain.",
        EntryOutcome.RefusedNotOpen => "The ballot's notice period is not over. Vote again once it has opened.",
        EntryOutcome.RefusedClosed => "The ballot's deadline is over.",
        EntryOutcome.RefusedNotElector => "The signer was not of the electorate when the ballot opened.",
        EntryOutcome.RefusedAlreadyVoted => "The elector has voted; a vote cannot be changed.",
        EntryOutcome.RefusedSchedule => "Notice or deadline do not fit the pool's rules: a longer notice or a later deadline is needed.",
        EntryOutcome.RefusedBallotLimit => "As many ballots are under way as the proposer, or the pool, may have. Wait until one is decided.",
        EntryOutcome.RefusedAnswered => "The offer or request was answered before.",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "The outcome is not known."),
    };
}
