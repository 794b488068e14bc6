namespace Dems.Core.Settlement.Corrections;

/// <summary>How far the settlement of a period has come. It only ever moves on.</summary>
public enum PeriodState
{
    /// <summary>Statements are previews.</summary>
    Open = 1,

    /// <summary>Statements are fixed.</summary>
    Closed = 2,

    /// <summary>A ballot approved them.</summary>
    Approved = 3,
}
