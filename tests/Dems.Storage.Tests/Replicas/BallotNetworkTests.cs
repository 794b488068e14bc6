using Dems.Core.Allocation;
using Dems.Core.Allocation.Encoding;
using Dems.Core.Crypto;
using Dems.Core.Energy;
using Dems.Core.Governance;
using Dems.Core.Governance.Payloads;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Entries;
using Dems.Core.Ledger.Execution;
using Dems.Core.Ledger.Execution.Intervals;
using Dems.Replication.Shell;
using Dems.Replication.Verification;

namespace Dems.Storage.Tests.Replicas;

/// <summary>
/// Ballots over four members with real signatures and databases: a rule that allocates is voted out, while a party votes twice, a member tallies wrongly, and two ballots and a
/// registration admit one metering point. None of it changes the outcome, and what was refused stands on the chain with its proof. Nobody submits anything when a ballot opens,
/// is tallied or takes effect: blocks come because they are due.
/// </summary>
public class BallotNetworkTests
{
    private const int Members = 4;
    private const string MeteringPoint = "AT0010000000000000000000000000001";

    private readonly TestSigner[] _parties = [new(), new(), new()];
    private readonly TestSigner[] _nodes = [new(), new(), new()];
    private readonly SharingHomes _homes = new();
    private readonly WrongTally?[] _liars = new WrongTally?[Members];
    private long _sequence;

    [Fact]
    public async Task Ballots_WithADoubleVoterAWrongTallyAndADoubleAdmission_EndAsTheElectorateDecided()
    {
        using var patience = new CancellationTokenSource(TestNetwork.Patience);
        TestNetwork? started = null;
        await using var network = started = await TestNetwork.StartAsync(
            Members,
            new GovernanceRules { MinNoticeSeconds = 60 },
            (member, honest) => _liars[member] = new WrongTally(member, Members, honest, height => started?.Find(member)?.Executions.GetValueOrDefault(height.Value)));
        await SubmitAsync(network, patience.Token, [.. _parties.Select((party, i) => Sign(network, EntryBuilder.PartyRegistration(network.Chain, party, $"party {i}"), network.SignerOf(0)))]);
        await SubmitAsync(network, patience.Token, [.. _homes.Admit(network, _parties, (body, signer) => Sign(network, body, signer))]);

        // The effect falls into a quarter-hour: what starts before it keeps its rule.
        var opening = network.Time.GetUtcNow().AddSeconds(120);
        var boundary = DateTimeOffset.FromUnixTimeSeconds((opening.AddDays(2).ToUnixTimeSeconds() / SharingHomes.QuarterHour + 1) * SharingHomes.QuarterHour);
        var (deadline, effect) = (boundary.AddDays(-1), boundary.AddSeconds(-BallotTimes.BoundarySeconds));
        BallotProposal Proposal(BallotPayload payload) => new(payload, "As discussed.", Notice: 90, deadline.ToUnixTimeSeconds(), effect.ToUnixTimeSeconds());
        var rule = Sign(network, Proposal(new RuleChange(Carrier.Electricity, PolicyCodec.Encode(EqualShares))), _parties[0]);
        var admission = Sign(network, Proposal(new AdmissionChange(Node(network, 0))), network.SignerOf(1));
        var again = Sign(network, Proposal(new AdmissionChange(Node(network, 1))), network.SignerOf(2));
        await SubmitAsync(network, patience.Token, rule, admission, again);

        network.Time.MoveTo(opening);
        await UntilAsync(network, state => Phase(state, rule) == BallotPhase.Open && Phase(state, again) == BallotPhase.Open, Enumerable.Range(0, Members), patience.Token);
        var secondVote = Vote(network, rule, _parties[0], BallotChoice.No);
        await SubmitAsync(network, patience.Token, Vote(network, rule, _parties[0], BallotChoice.Yes));
        await SubmitAsync(
            network,
            patience.Token,
            [
                secondVote,
                Vote(network, rule, _parties[1], BallotChoice.Yes),
                Vote(network, rule, _parties[2], BallotChoice.No),
                .. Enumerable.Range(0, Members).SelectMany(i => new[] { Vote(network, admission, network.SignerOf(i), BallotChoice.Yes), Vote(network, again, network.SignerOf(i), BallotChoice.Yes) }),
            ]);

        network.Time.MoveTo(deadline);
        await UntilAsync(network, state => Phase(state, admission) == BallotPhase.Accepted, Enumerable.Range(0, Members), patience.Token);
        var liar = Array.FindIndex(_liars, candidate => candidate!.LiedAt > Height.Genesis);
        Assert.InRange(liar, 0, Members - 1);
        var honest = Enumerable.Range(0, Members).Where(i => i != liar).ToList();
        network.Time.MoveTo(effect);
        await UntilAsync(network, state => Phase(state, admission) is BallotPhase.Effective or BallotPhase.Failed && Phase(state, again) is BallotPhase.Effective or BallotPhase.Failed, honest, patience.Token);
        var third = Sign(network, Node(network, 2), _parties[2]);
        await SubmitAtAsync(network, honest[0], honest, patience.Token, third);

        var state = network[honest[0]].Executor.State;
        Assert.Equal(new BallotCount(3, 3, 3, 2, 1, 0), state.Governance.Find(rule.Content)!.Standing.Count);
        Assert.Equal((BallotPhase.Effective, BallotDecision.Accepted), (Phase(state, rule), state.Governance.Find(rule.Content)!.Standing.Decision));
        Assert.Equal([BallotPhase.Effective, BallotPhase.Failed], new[] { admission, again }.Select(ballot => Phase(state, ballot)).Order());
        Assert.Equal(1 + _parties.Length, _parties.Sum(party => state.FindParty(NodeAddress.Of(party.PublicKey))!.OpenNodes));
        await ExpectRefusedOnChainAsync(network, honest[0], secondVote, EntryOutcome.RefusedAlreadyVoted, patience.Token);
        await ExpectRefusedOnChainAsync(network, honest[0], third, EntryOutcome.RefusedTaken, patience.Token);
        await ExpectLieRejectedAsync(network, liar, honest, patience.Token);
        await ExpectRuleInForceAsync(network, honest, boundary, patience.Token);
        foreach (var member in honest)
        {
            var verifier = new ChainVerifier(network.Genesis, TestNetwork.Pool, network.Verifier, network);
            Assert.Null((await verifier.VerifyAsync(network[member].Store, progress: null, patience.Token)).FirstDamage);
        }
    }

    /// <summary>The quarter-hour before the boundary is shared by the old rule, the one from it on by the new, at every honest member alike.</summary>
    private async Task ExpectRuleInForceAsync(TestNetwork network, IReadOnlyList<int> honest, DateTimeOffset boundary, CancellationToken cancellationToken)
    {
        var (after, before) = (boundary.ToUnixTimeSeconds(), boundary.ToUnixTimeSeconds() - SharingHomes.QuarterHour);
        network.Time.MoveTo(boundary.AddHours(1));
        await SubmitAtAsync(network, honest[0], honest, cancellationToken, [.. _homes.Meter(before, count: 2, (body, signer) => Sign(network, body, signer))]);
        await UntilAsync(network, state => _homes.Received(state, before) is not null && _homes.Received(state, after) is not null, honest, cancellationToken);
        foreach (var state in honest.Select(member => network[member].Executor.State))
        {
            Assert.Equal([150, 50], _homes.Received(state, before)!);
            Assert.Equal([100, 100], _homes.Received(state, after)!);
            Assert.Equal([0, after], state.Allocation.PoliciesOf(Carrier.Electricity)!.Periods.Select(period => period.From));
        }

        var rows = honest.Select(member => network[member].Executions.Values.SelectMany(result => result.Further).OfType<IntervalRow>().OrderBy(row => row.Start).ToList()).ToList();
        Assert.All(rows, of => Assert.Equal([(before, 0), (after, after)], of.Select(row => (row.Start, row.PolicyFrom))));
    }

    /// <summary>The liar proposed the block after its tally and was outvoted: another's block of a later round was decided, with the honest root; then the liar stopped.</summary>
    private async Task ExpectLieRejectedAsync(TestNetwork network, int liar, IReadOnlyList<int> honest, CancellationToken cancellationToken)
    {
        var tallied = _liars[liar]!.LiedAt;
        foreach (var member in honest)
        {
            var next = await network[member].Store.ReadBlockAsync(tallied.Next, cancellationToken);
            Assert.NotNull(next);
            Assert.Equal(network[member].Executions[tallied.Value].ResultsRoot, next.Block.Header.ResultsRoot);
            Assert.NotEqual(liar, next.Block.Header.Proposer);
            Assert.True(next.Block.Header.Round > 0);
        }

        await network.UntilAsync(
            liar, member => member.Troubles.Any(trouble => trouble.Contains("invalid here", StringComparison.Ordinal)), "goes on after its lie", cancellationToken);

        Assert.Equal(tallied, network[liar].Replica.Standing.Tip.Height);
    }

    /// <summary>The row of a refused entry is a leaf of the tree that the next header certifies.</summary>
    private static async Task ExpectRefusedOnChainAsync(TestNetwork network, int member, OpenedEntry entry, EntryOutcome outcome, CancellationToken cancellationToken)
    {
        var stored = await network[member].Store.FindByContentAsync(entry.Content, cancellationToken);
        Assert.NotNull(stored);
        var result = network[member].Executions[stored.Height.Value];
        var row = result.Results.Single(r => r.Content == entry.Content);
        Assert.Equal(outcome, row.Outcome);
        await network.UntilAsync(member, m => m.Executions.ContainsKey(stored.Height.Value + 1), "has no block that certifies the refusal", cancellationToken);
        var next = await network[member].Store.ReadBlockAsync(stored.Height.Next, cancellationToken);
        var place = result.Results.ToList().IndexOf(row);
        Assert.True(result.Tree.Prove(place).Verify(row.Encode(), next!.Block.Header.ResultsRoot));
    }

    private static AllocationPolicy EqualShares =>
        PoolTerms.Default.Policy with { Rule = new AllocationRule.EqualWithCaps([], DefaultWeight: 1) };

    private static BallotPhase Phase(LedgerState state, OpenedEntry ballot) => state.Governance.Find(ballot.Content)!.Standing.Phase;

    private static async Task UntilAsync(TestNetwork network, Func<LedgerState, bool> condition, IEnumerable<int> members, CancellationToken cancellationToken)
    {
        foreach (var member in members)
        {
            await network.UntilAsync(member, m => condition(m.Executor.State), "the ballots are not as far as expected", cancellationToken);
        }
    }

    private static Task SubmitAsync(TestNetwork network, CancellationToken cancellationToken, params OpenedEntry[] entries) =>
        SubmitAtAsync(network, 0, [.. Enumerable.Range(0, Members)], cancellationToken, entries);

    private static async Task SubmitAtAsync(TestNetwork network, int at, IReadOnlyList<int> members, CancellationToken cancellationToken, params OpenedEntry[] entries)
    {
        var replies = await network[at].Replica.SubmitAsync(entries, WaitLevel.Promise, cancellationToken);
        Assert.All(replies, reply => Assert.Equal(SubmitOutcome.Accepted, reply.Outcome));
        foreach (var entry in entries)
        {
            foreach (var member in members)
            {
                await network.FinalAsync(member, entry, cancellationToken);
            }
        }
    }

    // Its contract begins long after the test's intervals, so that none of them waits for its readings.
    private NodeRegistration Node(TestNetwork network, int i) => EntryBuilder.NodeRegistration(
        network.Chain,
        _nodes[i],
        MeteringPoint,
        NodeAddress.Of(_parties[i].PublicKey),
        [new EnergySource("grid", Carrier.Electricity, SourceKind.Grid, 0, 0)],
        validFrom: network.Time.GetUtcNow().AddYears(1).ToUnixTimeSeconds());

    private OpenedEntry Vote(TestNetwork network, OpenedEntry ballot, ISigner voter, BallotChoice choice) => Sign(network, new BallotVote(ballot.Content, choice), voter);

    private OpenedEntry Sign(TestNetwork network, EntryBody body, ISigner signer) => network.Sign(body, _sequence++, signer);
}
