namespace Dems.Core.Allocation.Arithmetic;

/// <summary>What all sharings of one interval have in common: the order of ties, who writes down, and space that is reused. One thread at a time.</summary>
internal sealed class RemainderSpace(AllocationInterval interval, int participants)
{
    /// <summary>The order that breaks ties.</summary>
    public TieOrder Ties { get; } = new(interval);

    /// <summary>Finds the largest remainders.</summary>
    public Selection Selection { get; } = new();

    /// <summary>One remainder per participant.</summary>
    public ulong[] Remainders { get; } = new ulong[participants];

    /// <summary>The places of those whose remainders tie.</summary>
    public int[] Tied { get; } = new int[participants];

    /// <summary>First words of the tie order, of those whose remainders tie.</summary>
    public ulong[] TieWords { get; } = new ulong[participants];

    /// <summary>Parts of one sharing.</summary>
    public long[] Parts { get; } = new long[participants];

    /// <summary>Writes down every sharing; null when nobody asked.</summary>
    public AllocationTrace? Trace { get; set; }
}
