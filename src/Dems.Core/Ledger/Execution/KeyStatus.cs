namespace Dems.Core.Ledger.Execution;

/// <summary>Whether a known key may sign. Numbers are part of the state.</summary>
public enum KeyStatus
{
    /// <summary>It may.</summary>
    Active = 1,

    /// <summary>Another key took over.</summary>
    Rotated = 2,

    /// <summary>A ballot removed the member that it belonged to.</summary>
    Removed = 3,
}
