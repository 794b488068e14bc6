using Dems.Core.Energy;
using Dems.Core.Governance.Execution;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Execution;
using Dems.Core.Ledger.Merkle;
using Dems.Core.Settlement.Calendar;

namespace Dems.Core.Governance;

/// <summary>Reads what a state says about ballots and their effects. Immutable, like the state.</summary>
public sealed class GovernanceState
{
    private readonly StateMap _map;

    internal GovernanceState(StateMap map) => _map = map;

    /// <summary>The rules that the next proposal is taken and counted by.</summary>
    public GovernanceRules Rules => Draft.Get(StateKeys.Governance, StateDecoders.Governance)!.Rules;

    /// <summary>Number of parties ever admitted.</summary>
    public long PartyCount => PartyIndex.Count(Draft);

    /// <summary>The tariffs that ballots put in force, ascending by their begin.</summary>
    public IReadOnlyList<ScheduledBytes> Tariffs => (Draft.Get(StateKeys.Tariffs, StateDecoders.Schedule) ?? ScheduleRecord.Empty).Items;

    // A draft decodes each record once and is not shared: reading leaves nothing behind.
    private StateDraft Draft => new(_map);

    /// <summary>A ballot; null if there is none of this id.</summary>
    public Ballot? Find(ContentId id)
    {
        var draft = Draft;
        return draft.Get(StateKeys.BallotTerms(id), StateDecoders.BallotTerms) is { } terms
            ? new Ballot(id, terms, draft.Get(StateKeys.BallotStanding(id), StateDecoders.BallotStanding)!)
            : null;
    }

    /// <summary>The ballots whose number is below a bound, the newest first.</summary>
    public IEnumerable<Ballot> NewestFirst(long below = long.MaxValue)
    {
        var draft = Draft;
        for (var number = Math.Min(below, BallotIndex.Count(draft)) - 1; number >= 0; number--)
        {
            yield return Find(BallotIndex.At(draft, number))!;
        }
    }

    /// <summary>Weight and vote of an elector of an open ballot; null if it is none, or the ballot is not open.</summary>
    /// <param name="ballot">The ballot.</param>
    /// <param name="elector">The party's address; where members vote, that of the validator key.</param>
    public (long Weight, BallotChoice? Choice)? FindElector(ContentId ballot, NodeAddress elector)
    {
        var draft = Draft;
        return draft.Get(StateKeys.BallotTerms(ballot), StateDecoders.BallotTerms) is { } terms
            && Electorate.Read(draft, ballot, terms.Rule.Weights, elector) is { } found
            ? (found.Weight, found.Choice)
            : null;
    }

    /// <summary>The statements that a ballot approved for a period; null if none did.</summary>
    public ApprovedSettlement? FindApproval(BillingPeriod period) => Draft.Get(StateKeys.ApprovedSettlement(period), StateDecoders.ApprovedSettlement);
}
