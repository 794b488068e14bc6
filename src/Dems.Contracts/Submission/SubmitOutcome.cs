namespace Dems.Contracts.Submission;

/// <summary>What became of a submitted entry.</summary>
public enum SubmitOutcome
{
    /// <summary>Stored now.</summary>
    Stored = 0,

    /// <summary>The same content was held or ordered already: a retransmission, answered like the first.</summary>
    Duplicate = 1,

    /// <summary>Another content is held or ordered under the same signer and sequence.</summary>
    SequenceTaken = 2,

    /// <summary>Nothing was stored, because too much is waiting: try again.</summary>
    Busy = 3,

    /// <summary>The entry can never execute as it is; <see cref="SubmitResult.Reason"/> says why. Nothing was stored.</summary>
    Refused = 4,

    /// <summary>Stored here, but not promised by enough members in time. It is not lost; sending it again asks again.</summary>
    Unpromised = 5,
}
