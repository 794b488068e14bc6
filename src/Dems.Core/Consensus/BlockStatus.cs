namespace Dems.Core.Consensus;

/// <summary>How far the check of a block is: the paper's valid(v), made three-valued because it waits for bodies.</summary>
internal enum BlockStatus
{
    /// <summary>Nobody asked.</summary>
    Unchecked,

    /// <summary>Asked, not answered: neither valid nor invalid, so that no rule with valid(v) can fire.</summary>
    Asked,

    /// <summary>Header valid, bodies durable and opened.</summary>
    Valid,

    /// <summary>Invalid for everybody.</summary>
    Invalid,
}
