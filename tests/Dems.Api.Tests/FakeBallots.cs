using Dems.Contracts.Queries;
using Dems.Core.Energy;
using Dems.Core.Ledger;

namespace Dems.Api.Tests;

/// <summary>Seven ballots of the pool "community"; one elector has voted on the first.</summary>
internal sealed class FakeBallots : IGovernanceQueries
{
    public const int Count = 7;

    public static NodeAddress Elector { get; } = new(new byte[NodeAddress.Size]);

    public Task<GovernanceView?> GovernanceAsync(string pool, CancellationToken cancellationToken) =>
        Task.FromResult(pool == "community" ? new GovernanceView("PerParty", 500_000, 666_667, 86_400, 32, 1, null) : null);

    public Task<IReadOnlyList<BallotView>?> BallotsAsync(string pool, long below, int limit, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<BallotView>?>(
        pool == "community" ? [.. Enumerable.Range(0, Count).Reverse().Where(i => i < below).Take(limit).Select(Ballot)] : null);

    public Task<BallotView?> BallotAsync(string pool, ContentId ballot, CancellationToken cancellationToken) =>
        Task.FromResult(Enumerable.Range(0, Count).Select(Ballot).FirstOrDefault(view => view.Ballot == ballot.ToString()));

    public Task<ElectorView?> ElectorAsync(string pool, ContentId ballot, NodeAddress elector, CancellationToken cancellationToken) =>
        Task.FromResult(elector == Elector && ballot.ToString() == FakeLedger.Id(0) ? new ElectorView(elector.ToString(), 1, "Abstain") : null);

    public Task<TallyProofView?> TallyProofAsync(string pool, ContentId ballot, CancellationToken cancellationToken) =>
        Task.FromResult(ballot.ToString() == FakeLedger.Id(0) ? new TallyProofView(FakeLedger.Id(0), 9, "AQ==", "Ag==") : null);

    public Task<TrialAnswer?> TryRuleAsync(string pool, Carrier carrier, ReadOnlyMemory<byte> policy, int days, CancellationToken cancellationToken) => Task.FromResult(
        pool != "community" ? null
        : carrier == Carrier.Heat ? new TrialAnswer(Trial: null, "carrier: the pool does not share Heat")
        : new TrialAnswer(new TrialView(carrier.ToString(), days, null, null, policy.Length, 0, 0, IsConserved: true, Nothing, Nothing, []), Refusal: null));

    private static AmountsView Nothing { get; } = new(0, 0, 0, 0, 0, 0);

    private static BallotView Ballot(int number) => new(
        FakeLedger.Id(number),
        number,
        "TimeZones",
        "Rejected",
        "As discussed.",
        "Reckon local times otherwise.",
        "9g==",
        Elector.ToString(),
        DateTimeOffset.UnixEpoch,
        DateTimeOffset.UnixEpoch,
        DateTimeOffset.UnixEpoch,
        DateTimeOffset.UnixEpoch,
        new TallyRuleView("PerMember", true, 0, 0),
        new BallotCountView(4, 4, 2, 2, 0, 0))
    { Decision = "RejectedThreshold" };
}
