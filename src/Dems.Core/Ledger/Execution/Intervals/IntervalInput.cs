using Dems.Core.Energy;

namespace Dems.Core.Ledger.Execution.Intervals;

/// <summary>What the nodes with a contract for an interval bring to it, ascending by address.</summary>
internal sealed class IntervalInput
{
    private IntervalInput(int capacity)
    {
        Ordinals = new List<int>(capacity);
        Nodes = new List<NodeAddress>(capacity);
        Consumption = new List<long>(capacity);
        Production = new List<long>(capacity);
    }

    /// <summary>Places in the node index.</summary>
    public List<int> Ordinals { get; }

    /// <summary>Addresses.</summary>
    public List<NodeAddress> Nodes { get; }

    /// <summary>C in Wh.</summary>
    public List<long> Consumption { get; }

    /// <summary>P in Wh.</summary>
    public List<long> Production { get; }

    /// <summary>Awaited sides that did not come.</summary>
    public int Missing { get; private set; }

    /// <summary>Whether a reading is only estimated or provisional.</summary>
    public bool HasUnsettled { get; private set; }

    /// <summary>Reads the state.</summary>
    public static IntervalInput Gather(StateDraft draft, IReadOnlyList<RosterNode> roster, PolicyPeriod period, IntervalSpan span)
    {
        var input = new IntervalInput(roster.Count);
        var (consumption, production) = (MeteredSides.Consumption(period.Policy.Basis), MeteredSides.Production(period.Policy.Basis));
        foreach (var (ordinal, address, record) in roster)
        {
            if (record.Covers(span.Start, span.End))
            {
                input.Ordinals.Add(ordinal);
                input.Nodes.Add(address);
                input.Consumption.Add(input.Take(MeteredValue.Read(draft, address, consumption, span), MeteredSides.NeedsConsumption(record)));
                input.Production.Add(input.Take(MeteredValue.Read(draft, address, production, span), MeteredSides.NeedsProduction(record)));
            }
        }

        return input;
    }

    private long Take(MeteredValue value, bool isAwaited)
    {
        Missing += isAwaited && !value.IsComplete ? 1 : 0;
        HasUnsettled |= value is { IsComplete: true, IsFinal: false };
        return value.Quantity;
    }
}
