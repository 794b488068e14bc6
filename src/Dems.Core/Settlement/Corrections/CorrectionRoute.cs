namespace Dems.Core.Settlement.Corrections;

/// <summary>What becomes of a correction; DESIGN section 7.</summary>
public enum CorrectionRoute
{
    /// <summary>The period is not closed: its statements are made from the corrected rows.</summary>
    Recompute = 1,

    /// <summary>Signed deltas, settled with a later statement.</summary>
    Carry = 2,

    /// <summary>A numbered note: the settlement was approved, or the party gets no later statement.</summary>
    Note = 3,

    /// <summary>Too late: on the ledger, but without money unless a ballot settles it.</summary>
    RecordOnly = 4,
}
