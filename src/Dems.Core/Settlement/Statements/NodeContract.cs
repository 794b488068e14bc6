using Dems.Core.Energy;
using Dems.Core.Settlement.Calendar;

namespace Dems.Core.Settlement.Statements;

/// <summary>Who is billed for a node and carrier, from moving in to moving out. Contracts of one node and carrier do not overlap.</summary>
/// <param name="Node">The node.</param>
/// <param name="Carrier">The carrier.</param>
/// <param name="Party">Address of the party.</param>
/// <param name="From">First second, since 1970-01-01T00:00:00Z.</param>
/// <param name="Until">First second no longer covered, after <paramref name="From"/>; <see cref="Open"/> while nobody has moved out.</param>
/// <param name="Group">What lines of a tariff may ask for (a grid level, a VAT status), at most 32 characters; empty for none.</param>
public sealed record NodeContract(NodeAddress Node, Carrier Carrier, NodeAddress Party, long From, long Until, string Group) : IComparable<NodeContract>
{
    /// <summary>No end.</summary>
    public const long Open = long.MaxValue;

    /// <summary>The seconds that it covers.</summary>
    public UtcSpan Span => new(From, Until);

    /// <summary>By node, carrier and start: total over contracts that do not overlap.</summary>
    public int CompareTo(NodeContract? other)
    {
        if (other is null)
        {
            return 1;
        }

        var order = Node.CompareTo(other.Node);
        order = order != 0 ? order : Carrier.CompareTo(other.Carrier);
        return order != 0 ? order : From.CompareTo(other.From);
    }
}
