namespace Dems.Core.Ledger.Execution;

/// <summary>What became of an entry. Every entry of a block gets exactly one; none makes the block invalid. Numbers are part of the results tree.</summary>
public enum EntryOutcome
{
    /// <summary>It changed the state.</summary>
    Applied = 1,

    /// <summary>It repeats what the state already says: the same content again, or another entry that says the same.</summary>
    Duplicate = 2,

    /// <summary>Signed for another chain.</summary>
    RefusedChain = 10,

    /// <summary>No registration, delegation or genesis names the signing key.</summary>
    RefusedUnknownSigner = 11,

    /// <summary>Another content used this sequence number before.</summary>
    RefusedSequence = 12,

    /// <summary>The sequence number lies below the signer's window.</summary>
    RefusedSequenceTooOld = 13,

    /// <summary>Key, delegation, node or party was rotated or retired.</summary>
    RefusedRetired = 14,

    /// <summary>The signer may not do this at all.</summary>
    RefusedNotAllowed = 15,

    /// <summary>No delegation covers the signer, node and register.</summary>
    RefusedNotDelegated = 16,

    /// <summary>An interval lies outside contract or delegation.</summary>
    RefusedPeriod = 17,

    /// <summary>The state holds a higher revision, or the same one with another value; or a tariff of the same or a higher version.</summary>
    RefusedRevision = 18,

    /// <summary>An interval partly overlaps one that the state holds.</summary>
    RefusedOverlap = 19,

    /// <summary>A day of the batch is past the correction horizon.</summary>
    RefusedTooLate = 20,

    /// <summary>The node, party or delegation spoken of does not exist.</summary>
    RefusedUnknownSubject = 21,

    /// <summary>The key or metering-point id is taken.</summary>
    RefusedTaken = 22,

    /// <summary>The pool holds as many nodes as it can.</summary>
    RefusedFull = 23,

    /// <summary>No such ballot.</summary>
    RefusedUnknownBallot = 30,

    /// <summary>The ballot has not opened yet.</summary>
    RefusedNotOpen = 31,

    /// <summary>The ballot's deadline is over.</summary>
    RefusedClosed = 32,

    /// <summary>The signer is not of the electorate as it was at the opening.</summary>
    RefusedNotElector = 33,

    /// <summary>The elector has voted; a vote cannot be changed.</summary>
    RefusedAlreadyVoted = 34,

    /// <summary>Notice or deadline of a proposal do not fit the pool's rules or the block's time.</summary>
    RefusedSchedule = 35,

    /// <summary>As many ballots are under way as the proposer, or the pool, may have.</summary>
    RefusedBallotLimit = 36,

    /// <summary>The offer or request was answered before.</summary>
    RefusedAnswered = 37,
}
