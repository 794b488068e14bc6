namespace Dems.Core.Ledger.Execution;

/// <summary>
/// What signed a batch, as execution found it. Part of the result row, so that every receipt says whether a gateway is trusted for the meter. Numbers are part of the
/// results tree.
/// </summary>
public enum SigningRole
{
    /// <summary>No right to sign was found, or the entry is no batch. Encoded as null.</summary>
    None = 0,

    /// <summary>A key of the node's own line.</summary>
    Node = 1,

    /// <summary>A meter with a delegation.</summary>
    Device = 2,

    /// <summary>A gateway with a delegation: the meter behind it signed nothing itself.</summary>
    Gateway = 3,
}
