using CsCheck;
using Dems.Core.Crypto;
using Dems.Core.Governance;
using Dems.Core.Governance.Payloads;
using Dems.Core.Ledger.Execution;
using Xunit;

namespace Dems.Core.Tests.Governance;

/// <summary>Ballots on the chain against a model that knows nothing of pages, states or codecs: lists of people, their nodes and their first vote.</summary>
public sealed class BallotModelTests
{
    private static readonly Gen<(int Voter, BallotChoice Choice, bool Late)> Attempt =
        Gen.Select(Gen.Int[0, 8], Gen.Enum<BallotChoice>(), Gen.Int[0, 5].Select(i => i == 0));

    [Fact]
    public void Tally_OfAnyVotes_IsThatOfTheModel() =>
        Gen.Select(
            Gen.Enum<WeightMode>(),
            Gen.Select(Gen.Int[0, 4], Gen.Long[0, 20_000]).Array[0, 8],
            Attempt.Array[0, 20],
            Gen.Int[0, 1_000_000],
            Gen.Int[0, 1_000_000]).Sample(
            (mode, nodes, attempts, quorum, threshold) => Check(mode, nodes, attempts, quorum, threshold), iter: TestScale.Times(60));

    private static void Check(WeightMode mode, (int Party, long Capacity)[] nodes, (int Voter, BallotChoice Choice, bool Late)[] attempts, int quorum, int threshold)
    {
        var rules = new GovernanceRules { MinNoticeSeconds = 0, Weights = mode, QuorumPpm = quorum, ThresholdPpm = threshold };
        var pool = new BallotChain(rules, parties: 5);
        pool.At(-10, [.. nodes.Select((node, i) => pool.NewNode(node.Party, $"AT{i}", node.Capacity))]);
        var ballot = pool.Propose(new Resolution());
        pool.At(0, ballot);
        ISigner Signer(int voter) => voter < 5 ? pool.Parties[voter] : pool.Chain.Members[voter - 5];
        var inTime = attempts.Where(attempt => !attempt.Late).ToArray();
        var late = attempts.Where(attempt => attempt.Late).ToArray();
        var outcomes = pool.At(BallotChain.Notice, [.. inTime.Select(attempt => pool.Vote(Signer(attempt.Voter), ballot, attempt.Choice))]);
        Assert.All(
            pool.At(BallotChain.Deadline, [.. late.Select(attempt => pool.Vote(Signer(attempt.Voter), ballot, attempt.Choice))]),
            outcome => Assert.Equal(EntryOutcome.RefusedClosed, outcome));

        var weights = Enumerable.Range(0, 9).ToDictionary(voter => voter, voter => WeightOf(mode, nodes, voter));
        var votes = new Dictionary<int, BallotChoice>();
        for (var i = 0; i < inTime.Length; i++)
        {
            var (voter, choice, _) = inTime[i];
            var expected = weights[voter] == 0 ? EntryOutcome.RefusedNotElector
                : votes.TryAdd(voter, choice) ? EntryOutcome.Applied
                : EntryOutcome.RefusedAlreadyVoted;
            Assert.Equal(expected, outcomes[i]);
        }

        long Sum(BallotChoice choice) => votes.Where(vote => vote.Value == choice).Sum(vote => weights[vote.Key]);
        var (yes, no, abstain, total) = (Sum(BallotChoice.Yes), Sum(BallotChoice.No), Sum(BallotChoice.Abstain), weights.Values.Sum());
        var standing = pool.StandingOf(ballot);
        Assert.Equal(new BallotCount(weights.Values.Count(weight => weight > 0), total, votes.Count, yes, no, abstain), standing.Count);
        var enough = total > 0 && (decimal)(yes + no + abstain) / total >= quorum / 1_000_000m;
        var agreed = yes > no && (decimal)yes / (yes + no) >= threshold / 1_000_000m;
        Assert.Equal(enough && agreed, standing.Decision == BallotDecision.Accepted);
        Assert.Equal(!enough, standing.Decision == BallotDecision.RejectedQuorum);
    }

    private static long WeightOf(WeightMode mode, (int Party, long Capacity)[] nodes, int voter) => mode switch
    {
        WeightMode.PerMember => voter >= 5 ? 1 : 0,
        _ when voter >= 5 => 0,
        WeightMode.PerParty => 1,
        WeightMode.PerNode => nodes.Count(node => node.Party == voter),
        _ => nodes.Where(node => node.Party == voter).Sum(node => node.Capacity),
    };
}
