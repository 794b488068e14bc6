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

    /// <summary>What storing lost, in µWh.</summary>
    public Int128 LossMicroWh { get; internal set; }

    /// <summary>What an auction decided; null under other rules.</summary>
    public AuctionOutcome? Auction { get; internal set; }

    /// <summary>Whether anything was used, charged or discharged before sharing.</summary>
    internal bool HasOwn { get; set; }

    internal long[] GivenValues { get; }

    internal long[] PlacedValues { get; }

    internal long[] OwnValues { get; }

    internal long[] LeftoverValues { get; }

    internal long[] ChargedValues { get; }

    internal long[] DischargedValues { get; }

    internal long[] StorageValues { get; }

    /// <summary>Sets what the virtual storages hold; false with a reason if a state breaks a bound. States of nodes that take no part are not looked at.</summary>
    /// <param name="plan">The plan that made this outcome.</param>
    /// <param name="states">Strictly ascending by node.</param>
    public bool TryStart(AllocationPlan plan, IReadOnlyList<StorageState> states, out string error)
    {
        error = PolicyRules.OrderRefusal("storage", states.Select(state => state.Node)) ?? "";
        StorageValues.AsSpan().Clear();
        foreach (var state in states)
        {
            if (state.MicroWh is < 0 or > AllocationBounds.MaxTotal)
            {
                error = $"storage: {state.Node} holds {state.MicroWh} µWh, 0…2^62 is allowed";
            }
            else if (plan.Find(state.Node) is var place and >= 0)
            {
                StorageValues[place] = state.MicroWh;
            }
        }

        return error.Length == 0;
    }

    /// <summary>Entries of the matrix that the rule decided itself; null if it is to be filled between its margins.</summary>
    internal (int Producer, int Consumer, long Quantity)[]? Pairs { get; set; }

    /// <summary>What each pays and receives in an auction, in 10⁻⁶ currency per kWh; empty under other rules.</summary>
    internal (long? Buy, long? Sell)[] Prices { get; private set; } = [];

    internal void SetPrices(int place, long? buy, long? sell)
    {
        if (Prices.Length == 0)
        {
            Prices = new (long?, long?)[GivenValues.Length];
        }

        Prices[place] = (GivenValues[place] > 0 ? buy : null, PlacedValues[place] > 0 ? sell : null);
    }

    internal void Clear()
    {
        (LossMicroWh, Auction, Pairs, Prices) = (0, null, null, []);
        HasOwn = false;
        GivenValues.AsSpan().Clear();
        PlacedValues.AsSpan().Clear();
        OwnValues.AsSpan().Clear();
        LeftoverValues.AsSpan().Clear();
        ChargedValues.AsSpan().Clear();
        DischargedValues.AsSpan().Clear();
    }
}
