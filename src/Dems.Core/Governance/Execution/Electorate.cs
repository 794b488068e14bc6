using Dems.Core.Consensus;
using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Execution;
using Dems.Core.Ledger.Execution.Intervals;

namespace Dems.Core.Governance.Execution;

/// <summary>
/// The frozen electorate of a ballot: a copy of the pages of parties with their weights, or the validators of the opening's height. It is kept while votes are taken; who
/// comes, goes or grows in the meantime changes nothing.
/// </summary>
internal static class Electorate
{
    /// <summary>Freezes it and counts it.</summary>
    public static BallotCount Freeze(StateDraft draft, ContentId ballot, WeightMode mode, ValidatorSet validators)
    {
        var (electors, total) = (0, 0L);
        var pages = PagesOf(draft, mode, validators);
        for (var number = 0; number < pages.Count; number++)
        {
            draft.Set(StateKeys.Electorate(ballot, number), pages[number]);
            foreach (var elector in pages[number].Electors)
            {
                electors += elector.Weight > 0 ? 1 : 0;
                total = checked(total + elector.Weight);
            }
        }

        draft.Set(StateKeys.ElectoratePages(ballot), new CountRecord(pages.Count));
        return BallotCount.None with { Electors = electors, Total = total };
    }

    /// <summary>Records a vote. Applied with its weight, or why not.</summary>
    public static (EntryOutcome Outcome, long Weight) Vote(StateDraft draft, ContentId ballot, WeightMode mode, NodeAddress voter, BallotChoice choice)
    {
        if (Find(draft, ballot, mode, voter) is not var (key, page, place) || page.Electors[place].Weight == 0)
        {
            return (EntryOutcome.RefusedNotElector, 0);
        }

        if (page.Electors[place].Choice is not null)
        {
            return (EntryOutcome.RefusedAlreadyVoted, 0);
        }

        page.Vote(place, choice);
        draft.Set(key, page);
        return (EntryOutcome.Applied, page.Electors[place].Weight);
    }

    /// <summary>The elector at an address; null if it is none or the electorate is no longer kept.</summary>
    public static Elector? Read(StateDraft draft, ContentId ballot, WeightMode mode, NodeAddress voter) =>
        Find(draft, ballot, mode, voter) is var (_, page, place) && page.Electors[place].Weight > 0 ? page.Electors[place] : null;

    /// <summary>Drops it after the tally: the votes stand on the chain.</summary>
    public static void Drop(StateDraft draft, ContentId ballot)
    {
        var pages = draft.Get(StateKeys.ElectoratePages(ballot), StateDecoders.Count)?.Value ?? 0;
        for (var number = 0; number < pages; number++)
        {
            draft.Remove(StateKeys.Electorate(ballot, number));
        }

        draft.Remove(StateKeys.ElectoratePages(ballot));
    }

    private static List<ElectoratePage> PagesOf(StateDraft draft, WeightMode mode, ValidatorSet validators)
    {
        if (mode == WeightMode.PerMember)
        {
            return [new ElectoratePage(validators.Keys.Select(key => new Elector(NodeAddress.Of(key), Weight: 1, Choice: null)))];
        }

        var pages = new List<ElectoratePage>();
        for (var number = 0; number < PartyIndex.Pages(draft); number++)
        {
            var parties = PartyIndex.Page(draft, number).Slots;
            pages.Add(new ElectoratePage(parties.Select(party => new Elector(party.Party, party.WeightBy(mode), Choice: null))));
        }

        return pages;
    }

    private static (Hash32 Key, ElectoratePage Page, int Place)? Find(StateDraft draft, ContentId ballot, WeightMode mode, NodeAddress voter)
    {
        var (number, at) = (0, -1);
        if (mode != WeightMode.PerMember)
        {
            if (draft.Get(StateKeys.Party(voter), StateDecoders.Party) is not { } party)
            {
                return null;
            }

            (number, at) = ((int)(party.Place / PartyPage.Size), (int)(party.Place % PartyPage.Size));
        }

        var key = StateKeys.Electorate(ballot, number);
        if (draft.Get(key, StateDecoders.Electorate) is not { } page)
        {
            return null;
        }

        if (mode == WeightMode.PerMember)
        {
            at = page.Electors.TakeWhile(elector => elector.Address != voter).Count();
        }

        // A party admitted after the opening has a place beyond the frozen ones.
        return at < page.Electors.Count ? (key, page, at) : null;
    }
}
