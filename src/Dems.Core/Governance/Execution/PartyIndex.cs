using Dems.Core.Energy;
using Dems.Core.Ledger.Execution;
using Dems.Core.Ledger.Execution.Intervals;

namespace Dems.Core.Governance.Execution;

/// <summary>
/// All parties ever admitted, in that order, with what weighs in a vote: a map by hash cannot be listed, and an electorate is to be frozen without looking at every node. A party
/// keeps its place for good (<see cref="PartyRecord.Place"/>).
/// </summary>
internal static class PartyIndex
{
    /// <summary>Number of parties.</summary>
    public static long Count(StateDraft draft) => draft.Get(StateKeys.PartyCount, StateDecoders.Count)?.Value ?? 0;

    /// <summary>Pages that <see cref="Count"/> parties fill.</summary>
    public static int Pages(StateDraft draft) => checked((int)((Count(draft) + PartyPage.Size - 1) / PartyPage.Size));

    /// <summary>A page, 0…<see cref="Pages"/> − 1.</summary>
    public static PartyPage Page(StateDraft draft, int page) =>
        draft.Get(StateKeys.PartyPage(page), StateDecoders.PartyPage) ?? throw new InvalidOperationException($"Page {page} of the parties is missing.");

    /// <summary>Adds a party and returns its place.</summary>
    public static long Add(StateDraft draft, NodeAddress party)
    {
        var place = Count(draft);
        var key = StateKeys.PartyPage((int)(place / PartyPage.Size));
        var page = draft.Get(key, StateDecoders.PartyPage) ?? new PartyPage();
        page.Add(new PartySlot(party, Retired: false, Nodes: 0, CapacityWh: 0));
        draft.Set(key, page);
        draft.Set(StateKeys.PartyCount, new CountRecord(place + 1));
        return place;
    }

    /// <summary>A node's contract begins.</summary>
    public static void AddNode(StateDraft draft, long place, NodeRecord node) =>
        Change(draft, place, slot => slot with { Nodes = checked(slot.Nodes + 1), CapacityWh = checked(slot.CapacityWh + CapacityOf(node)) });

    /// <summary>A node's contract has got an end.</summary>
    public static void EndNode(StateDraft draft, long place, NodeRecord node) =>
        Change(draft, place, slot => slot with { Nodes = slot.Nodes - 1, CapacityWh = slot.CapacityWh - CapacityOf(node) });

    /// <summary>A party leaves.</summary>
    public static void Retire(StateDraft draft, long place) => Change(draft, place, slot => slot with { Retired = true });

    private static long CapacityOf(NodeRecord node) => Math.Min(node.Sources.Sum(source => source.MaxEnergyWh), GovernanceRules.MaxCapacityWh);

    private static void Change(StateDraft draft, long place, Func<PartySlot, PartySlot> change)
    {
        var number = (int)(place / PartyPage.Size);
        var page = Page(draft, number);
        var at = (int)(place % PartyPage.Size);
        page.Replace(at, change(page.Slots[at]));
        draft.Set(StateKeys.PartyPage(number), page);
    }
}
