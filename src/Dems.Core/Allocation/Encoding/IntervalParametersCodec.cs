using System.Formats.Cbor;
using Dems.Core.Ledger.Encoding;

namespace Dems.Core.Allocation.Encoding;

/// <summary>Canonical form of what replaces a rule's standing table for an interval: [kind, table] (docs/format.md).</summary>
public static class IntervalParametersCodec
{
    private const int Shares = 1;
    private const int Pairs = 2;
    private const int Orders = 3;

    /// <summary>Writes parameters as one value of a larger one.</summary>
    public static void Write(CborWriter writer, IntervalParameters parameters)
    {
        writer.WriteStartArray(2);
        switch (parameters)
        {
            case IntervalParameters.Shares shares:
                writer.WriteInt32(Shares);
                RuleWriter.WriteShares(writer, shares.Values);
                break;
            case IntervalParameters.Pairs pairs:
                writer.WriteInt32(Pairs);
                RuleWriter.WritePairs(writer, pairs.Values);
                break;
            case IntervalParameters.Orders orders:
                writer.WriteInt32(Orders);
                RuleWriter.WriteOrders(writer, orders.Values);
                break;
            default:
                throw new ArgumentException($"{parameters.GetType().Name} has no encoding", nameof(parameters));
        }

        writer.WriteEndArray();
    }

    /// <summary>
    /// Reads parameters inside a larger value; throws what <see cref="Canonical.TryDecode"/> turns into a reason. Whether they suit the policy in force is for
    /// <see cref="AllocationPolicy.Refusal(IntervalParameters)"/> to say.
    /// </summary>
    public static IntervalParameters Read(CborReader reader)
    {
        Canonical.ReadArray(reader, 2);
        IntervalParameters parameters = Canonical.ReadInteger(reader, Shares, Orders, "parameters of an interval") switch
        {
            Shares => new IntervalParameters.Shares(PolicyCodec.ReadShares(reader)),
            Pairs => new IntervalParameters.Pairs(PolicyCodec.ReadPairs(reader)),
            _ => new IntervalParameters.Orders(PolicyCodec.ReadOrders(reader)),
        };
        reader.ReadEndArray();
        return parameters;
    }
}
