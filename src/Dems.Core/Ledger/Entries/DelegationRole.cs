namespace Dems.Core.Ledger.Entries;

/// <summary>What signs on behalf of a node. Numbers are part of the signed bytes.</summary>
public enum DelegationRole
{
    /// <summary>The meter itself.</summary>
    Device = 1,

    /// <summary>A gateway that collects from meters without keys of their own: it is trusted for them, and receipts say so.</summary>
    Gateway = 2,
}
