namespace Dems.Core.Ledger.Entries;

/// <summary>What a retirement ends. Numbers are part of the signed bytes.</summary>
public enum RetirementSubject
{
    /// <summary>A node's contract, from a given second on.</summary>
    Node = 1,

    /// <summary>One key's right to sign for a node, at once: also intervals of the past are refused from then on.</summary>
    Delegation = 2,

    /// <summary>A party without open nodes, at once.</summary>
    Party = 3,
}
