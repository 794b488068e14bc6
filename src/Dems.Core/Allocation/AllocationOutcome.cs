namespace Dems.Core.Allocation;

/// <summary>
/// Where a plan writes the allocation of one interval: vectors in the order of the plan's participants, all in Wh. Made by <see cref="AllocationPlan.NewOutcome"/>;
/// one outcome can serve interval after interval, and then carries the virtual storages from one to the next.
/// </summary>
public sealed class AllocationOutcome
{
    internal AllocationOutcome(int participants)
    {
        GivenValues = new long[participants];
        PlacedValues = new long[participants];
        OwnValues = new long[participants];
        LeftoverValues = new long[participants];
        ChargedValues = new long[participants];
        DischargedValues = new long[participants];
        StorageValues = new long[participants];
    }

    /// <summary>ΣP.</summary>
    public long Production { get; internal set; }

    /// <summary>ΣC.</summary>
    public long Consumption { get; internal set; }

    /// <summary>Σa, own use and discharge included.</summary>
    public long Allocated { get; internal set; }

    /// <summary>Σ export = ΣP + discharge − charge − Σa.</summary>
    public long Export { get; internal set; }

    /// <summary>What was shared by the rule, per consumer: aᵢ is this and <see cref="Own"/>.</summary>
    public ReadOnlySpan<long> Given => GivenValues;

    /// <summary>What was placed on each producer: soldⱼ is this and <see cref="Own"/>.</summary>
    public ReadOnlySpan<long> Placed => PlacedValues;

    /// <summary>Own use before sharing, discharge included.</summary>
    public ReadOnlySpan<long> Own => OwnValues;

    /// <summary>The part of the export that is fed in on a consumer's account.</summary>
    public ReadOnlySpan<long> Leftover => LeftoverValues;

    /// <summary>What went into each virtual storage.</summary>
    public ReadOnlySpan<long> Charged => ChargedValues;

    /// <summary>What came out of each virtual storage.</summary>
    public ReadOnlySpan<long> Discharged => DischargedValues;

    /// <summary>State of each virtual storage in µWh: what the next interval starts from.</summary>
    public ReadOnlySpan<long> Storage => StorageValues;

    internal long[] GivenValues { get; }

    internal long[] PlacedValues { get; }

    internal long[] OwnValues { get; }

    internal long[] LeftoverValues { get; }

    internal long[] ChargedValues { get; }

    internal long[] DischargedValues { get; }

    internal long[] StorageValues { get; }

    internal void Clear()
    {
        GivenValues.AsSpan().Clear();
        PlacedValues.AsSpan().Clear();
        OwnValues.AsSpan().Clear();
        LeftoverValues.AsSpan().Clear();
        ChargedValues.AsSpan().Clear();
        DischargedValues.AsSpan().Clear();
    }
}
