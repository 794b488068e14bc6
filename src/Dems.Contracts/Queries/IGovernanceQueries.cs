using Dems.Core.Energy;
using Dems.Core.Ledger;

namespace Dems.Contracts.Queries;

/// <summary>What the API asks a member about votes. All answers are as of the newest executed block; null answers mean "there is none".</summary>
public interface IGovernanceQueries
{
    /// <summary>How a pool votes; null for an unknown pool.</summary>
    Task<GovernanceView?> GovernanceAsync(string pool, CancellationToken cancellationToken);

    /// <summary>Ballots below a number, the newest first; null for an unknown pool.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="below">Ballots whose number is smaller than this.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    Task<IReadOnlyList<BallotView>?> BallotsAsync(string pool, long below, int limit, CancellationToken cancellationToken);

    /// <summary>A ballot by the content id of its proposal.</summary>
    Task<BallotView?> BallotAsync(string pool, ContentId ballot, CancellationToken cancellationToken);

    /// <summary>An elector of an open ballot: a party by its address, or a member by the address that its validator key gives.</summary>
    Task<ElectorView?> ElectorAsync(string pool, ContentId ballot, NodeAddress elector, CancellationToken cancellationToken);

    /// <summary>Tries a policy, given by its canonical bytes, on the newest days of a carrier; null if there is no such pool.</summary>
    Task<TrialAnswer?> TryRuleAsync(string pool, Carrier carrier, ReadOnlyMemory<byte> policy, int days, CancellationToken cancellationToken);

    /// <summary>The tally of a ballot with its proof; null if there is no such ballot or tally, or while the block that certifies it is not here.</summary>
    Task<TallyProofView?> TallyProofAsync(string pool, ContentId ballot, CancellationToken cancellationToken);
}
