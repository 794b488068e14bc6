namespace Dems.Core.Allocation.Rules;

/// <summary>Where the queues of an auction met. Prices in 10⁻⁶ currency per kWh.</summary>
/// <param name="Volume">V in Wh; without it the last limits mean nothing.</param>
/// <param name="LastBid">bid(V).</param>
/// <param name="LastAsk">ask(V).</param>
/// <param name="FirstRejectedBid">bid(V + 1): the rest of a partly filled order, or the next one; null if every bid is filled.</param>
/// <param name="FirstRejectedAsk">ask(V + 1), likewise.</param>
internal readonly record struct Crossing(long Volume, long LastBid, long LastAsk, long? FirstRejectedBid, long? FirstRejectedAsk)
{
    /// <summary>Lowest price at which V is what everybody wants.</summary>
    public long Lower => Math.Max(LastAsk, FirstRejectedBid ?? LastAsk);

    /// <summary>Highest such price.</summary>
    public long Upper => Math.Min(LastBid, FirstRejectedAsk ?? LastBid);
}
