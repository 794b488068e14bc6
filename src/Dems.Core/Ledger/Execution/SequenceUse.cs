namespace Dems.Core.Ledger.Execution;

/// <summary>What state knows about a signer's sequence number.</summary>
public enum SequenceUse
{
    /// <summary>Unused and inside the window or above it.</summary>
    Free,

    /// <summary>Used by the same content.</summary>
    UsedBySame,

    /// <summary>Used by another content.</summary>
    UsedByOther,

    /// <summary>Below the window: what used it is no longer known.</summary>
    TooOld,
}
