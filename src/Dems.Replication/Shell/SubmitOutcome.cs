namespace Dems.Replication.Shell;

/// <summary>What became of a submission.</summary>
public enum SubmitOutcome
{
    /// <summary>Durable here (and promised, if that was waited for).</summary>
    Accepted,

    /// <summary>The same content was submitted before; the first answer holds.</summary>
    Duplicate,

    /// <summary>Another content stands under this signer's sequence number.</summary>
    SequenceTaken,

    /// <summary>The mempool is full; nothing was stored. Try again later.</summary>
    Busy,
}
