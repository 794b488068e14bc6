namespace Dems.Core.Allocation;

/// <summary>An allocation broke one of its invariants: the arithmetic is wrong, and whoever computed it must stop before it votes on it.</summary>
public sealed class AllocationInvariantException : Exception
{
    /// <summary>States which invariant and with what numbers.</summary>
    public AllocationInvariantException(string message)
        : base(message)
    {
    }
}
