using Dems.Core.Allocation;
using Dems.Core.Energy;

namespace Dems.Core.Ledger.Execution.Intervals;

/// <summary>
/// All nodes ever registered, in that order, since a map by hash cannot be listed; and how many readings their contracts make intervals wait for. Kept by registrations and
/// retirements.
/// </summary>
internal static class NodeIndex
{
    /// <summary>Most nodes of a pool: as many as one allocation takes.</summary>
    public const int MaxNodes = AllocationBounds.MaxParticipants;

    /// <summary>Number of nodes.</summary>
    public static int Count(StateDraft draft) => (int)(draft.Get(StateKeys.NodeCount, StateDecoders.Count)?.Value ?? 0);

    /// <summary>Adds a node that begins its contract.</summary>
    public static void Add(StateDraft draft, NodeAddress address, NodeRecord node)
    {
        var count = Count(draft);
        var key = StateKeys.NodeIndexPage(count / NodeIndexPage.Size);
        var page = draft.Get(key, StateDecoders.NodeIndexPage) ?? new NodeIndexPage();
        page.Add(address);
        draft.Set(key, page);
        draft.Set(StateKeys.NodeCount, new CountRecord(count + 1));
        var steps = Requirements(draft, node.Carrier);
        steps.Begin(node.ValidFrom, MeteredSides.CountOf(node));
        draft.Set(StateKeys.Requirements(node.Carrier), steps);
    }

    /// <summary>Ends a node's contract at its first second not covered.</summary>
    public static void End(StateDraft draft, NodeRecord node)
    {
        var steps = Requirements(draft, node.Carrier);
        steps.End(node.ValidUntil, MeteredSides.CountOf(node));
        draft.Set(StateKeys.Requirements(node.Carrier), steps);
    }

    /// <summary>The nodes of a carrier, ascending by address.</summary>
    public static List<RosterNode> List(StateDraft draft, Carrier carrier)
    {
        var nodes = new List<RosterNode>();
        var count = Count(draft);
        for (var ordinal = 0; ordinal < count;)
        {
            var page = draft.Get(StateKeys.NodeIndexPage(ordinal / NodeIndexPage.Size), StateDecoders.NodeIndexPage)!;
            foreach (var address in page.Nodes)
            {
                var node = draft.Get(StateKeys.Node(address), StateDecoders.Node)!;
                if (node.Carrier == carrier)
                {
                    nodes.Add(new RosterNode(ordinal, address, node, MeteredSides.NeedsConsumption(node), MeteredSides.NeedsProduction(node)));
                }

                ordinal++;
            }
        }

        nodes.Sort(static (x, y) => x.Address.CompareTo(y.Address));
        return nodes;
    }

    /// <summary>The node at a place.</summary>
    public static NodeAddress AddressOf(StateDraft draft, int ordinal) =>
        draft.Get(StateKeys.NodeIndexPage(ordinal / NodeIndexPage.Size), StateDecoders.NodeIndexPage)!.Nodes[ordinal % NodeIndexPage.Size];

    private static RequirementSteps Requirements(StateDraft draft, Carrier carrier) =>
        draft.Get(StateKeys.Requirements(carrier), StateDecoders.Requirements) ?? new RequirementSteps();
}
