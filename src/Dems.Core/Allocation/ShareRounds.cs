namespace Dems.Core.Allocation;

/// <summary>How often static shares are applied. Numbers are part of the signed bytes.</summary>
public enum ShareRounds
{
    /// <summary>Once: what a consumer does not use is not offered to others.</summary>
    One = 1,

    /// <summary>Again among the unsatisfied until nothing is unused or nobody is unsatisfied.</summary>
    All = 2,
}
