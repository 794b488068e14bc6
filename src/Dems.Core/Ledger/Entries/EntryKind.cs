namespace Dems.Core.Ledger.Entries;

/// <summary>What an entry says. Numbers are part of the signed bytes.</summary>
public enum EntryKind
{
    /// <summary>1…1,000 readings: <see cref="ReadingBatch"/>.</summary>
    Batch = 1,

    /// <summary>A person or organisation: <see cref="Entries.PartyRegistration"/>.</summary>
    PartyRegistration = 2,

    /// <summary>An energy node: <see cref="Entries.NodeRegistration"/>.</summary>
    NodeRegistration = 3,

    /// <summary>Who may sign for a node: <see cref="Entries.Delegation"/>.</summary>
    Delegation = 4,

    /// <summary>A new key for an old one: <see cref="Entries.KeyRotation"/>.</summary>
    KeyRotation = 5,

    /// <summary>The end of a node, delegation or party: <see cref="Entries.Retirement"/>.</summary>
    Retirement = 6,

    /// <summary>Two statements of one validator that exclude each other: <see cref="EvidenceReport"/>.</summary>
    Evidence = 7,

    /// <summary>Something put to the vote: <see cref="Entries.BallotProposal"/>.</summary>
    BallotProposal = 8,

    /// <summary>An elector's vote: <see cref="Entries.BallotVote"/>.</summary>
    BallotVote = 9,

    /// <summary>One node to another: <see cref="Entries.NodeMessage"/>.</summary>
    NodeMessage = 10,
}
