namespace Dems.Replication.Ports;

/// <summary>What became of a submission at the disk.</summary>
public enum AdmissionOutcome
{
    /// <summary>Stored now and durable.</summary>
    Stored,

    /// <summary>The same content under the same signer and sequence is already held or ordered: a retransmission.</summary>
    Duplicate,

    /// <summary>Another content is held or ordered under the same signer and sequence.</summary>
    SequenceTaken,
}
