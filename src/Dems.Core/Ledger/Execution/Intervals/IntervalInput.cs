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

    /// <summary>Takes what the meters of the nodes say about an interval.</summary>
    /// <param name="meters">Nodes ascending by address, each with its two sides.</param>
    /// <param name="span">The interval.</param>
    public static IntervalInput Gather(IReadOnlyList<NodeMeters> meters, IntervalSpan span)
    {
        var input = new IntervalInput(meters.Count);
        for (var i = 0; i < meters.Count; i++)
        {
            var (node, consumption, production) = meters[i];
            if (node.Record.Covers(span.Start, span.End))
            {
                input.Ordinals.Add(node.Ordinal);
                input.Nodes.Add(node.Address);
                input.Consumption.Add(input.Take(consumption.Read(span), node.NeedsConsumption));
                input.Production.Add(input.Take(production.Read(span), node.NeedsProduction));
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
