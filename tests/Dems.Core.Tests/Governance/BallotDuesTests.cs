using Dems.Core.Governance;
using Dems.Core.Governance.Payloads;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Entries;
using Xunit;
using static Dems.Core.Ledger.Execution.EntryOutcome;

namespace Dems.Core.Tests.Governance;

public sealed class BallotDuesTests
{
    [Fact]
    public void Ballot_OverItsLife_IsDueAtOpeningDeadlineAndEffect()
    {
        var pool = new BallotChain();
        Assert.Null(pool.Chain.State.NextDue);
        pool.At(0, pool.Propose(new Resolution()));
        Assert.Equal(At(pool, BallotChain.Notice), pool.Chain.State.NextDue);
        pool.At(BallotChain.Notice, [.. pool.Parties.Select(party => pool.Vote(party, Ballot(pool)))]);
        Assert.Equal(At(pool, BallotChain.Deadline), pool.Chain.State.NextDue);
        pool.At(BallotChain.Deadline);
        Assert.Equal(At(pool, BallotChain.Effect), pool.Chain.State.NextDue);
        pool.At(BallotChain.Effect);
        Assert.Null(pool.Chain.State.NextDue);
        Assert.Equal(BallotPhase.Effective, pool.StandingOf(Ballot(pool)).Phase);
    }

    [Fact]
    public void Block_WithoutEntriesWhileNothingIsDue_ChangesNothing()
    {
        var pool = new BallotChain();
        pool.At(0, pool.Propose(new Resolution()));
        var root = pool.Chain.State.Root;
        pool.At(BallotChain.Notice - 1);
        Assert.Equal(root, pool.Chain.State.Root);
        Assert.False(pool.Chain.Last.Changed);
        Assert.Equal(0, pool.Chain.Last.Tree.Count);
    }

    [Fact]
    public void Tally_IsARowThatTheResultsTreeProves()
    {
        var pool = new BallotChain();
        pool.At(0, pool.Propose(new Resolution()));
        pool.At(BallotChain.Notice, pool.Vote(pool.Parties[0], Ballot(pool)), pool.Vote(pool.Parties[1], Ballot(pool), BallotChoice.Abstain));
        Assert.Equal([new BallotOpening(Ballot(pool).Content, BallotKind.Resolution, 3, 3)], pool.Rows);
        pool.At(BallotChain.Deadline);
        var rule = new TallyRule(WeightMode.PerParty, MemberQuorum: false, 500_000, 500_000);
        var tally = new BallotTally(Ballot(pool).Content, BallotKind.Resolution, rule, new BallotCount(3, 3, 2, 1, 0, 1), BallotDecision.Accepted);
        Assert.Equal([tally], pool.Rows);
        Assert.True(pool.Chain.Last.Changed);
        Assert.True(pool.Chain.Last.Tree.Prove(0).Verify(tally.Encode(), pool.Chain.Last.ResultsRoot));
        pool.At(BallotChain.Effect);
        Assert.Equal([new BallotEffect(Ballot(pool).Content, BallotKind.Resolution, Applied)], pool.Rows);
    }

    /// <summary>The rows of what is due stand after those of the entries of the same block.</summary>
    [Fact]
    public void Rows_OfABlockWithEntries_FollowThem()
    {
        var pool = new BallotChain();
        pool.At(0, pool.Propose(new Resolution()));
        pool.At(BallotChain.Notice, pool.NewParty());
        Assert.Equal(2, pool.Chain.Last.Tree.Count);
        Assert.True(pool.Chain.Last.Tree.Prove(0).Verify(pool.Chain.Last.Results[0].Encode(), pool.Chain.Last.ResultsRoot));
        Assert.True(pool.Chain.Last.Tree.Prove(1).Verify(pool.Rows[0].Encode(), pool.Chain.Last.ResultsRoot));
    }

    /// <summary>Two blocks without entries must not blind equal rows equally, or one shown row would open the other.</summary>
    [Fact]
    public void Rows_OfBlocksWithoutEntries_HaveSaltsOfTheirOwn()
    {
        var pool = new BallotChain();
        pool.At(0, pool.Propose(new Resolution(), notice: 60), pool.Propose(new Resolution(), notice: 61));
        pool.At(60);
        var first = pool.Chain.Last.Tree.Prove(0).Salt.ToArray();
        pool.At(61);
        Assert.NotEqual(first, pool.Chain.Last.Tree.Prove(0).Salt.ToArray());
    }

    [Fact]
    public void Electorate_IsFrozenAtTheOpening()
    {
        var pool = new BallotChain(new GovernanceRules { MinNoticeSeconds = 0, Weights = WeightMode.PerNode });
        var ballot = pool.Propose(new Resolution());
        pool.At(0, ballot, pool.NewNode(0, "A"), pool.NewNode(0, "B"), pool.NewNode(1, "C"));
        pool.At(BallotChain.Notice, pool.NewNode(1, "D"), pool.NewNode(2, "E"));
        Assert.Equal(
            [Applied, Applied, RefusedNotElector],
            pool.At(100, pool.Vote(pool.Parties[0], ballot), pool.Vote(pool.Parties[1], ballot, BallotChoice.No), pool.Vote(pool.Parties[2], ballot)));
        Assert.Equal(new BallotCount(2, 3, 2, 2, 1, 0), pool.StandingOf(ballot).Count);
    }

    [Fact]
    public void Weights_ByCapacity_AreThoseOfNodesWithoutEnd()
    {
        var pool = new BallotChain(new GovernanceRules { MinNoticeSeconds = 0, Weights = WeightMode.ByCapacity });
        var ended = new Retirement(RetirementSubject.Node, pool.Node(0, "B").Address, default, Samples.Midnight + 1);
        Assert.All(
            pool.At(-10, pool.NewNode(0, "A", 7_000), pool.NewNode(0, "B", 500), pool.NewNode(1, "C", 1L << 50), pool.NewNode(2, "D"), pool.Chain.Sign(ended, pool.Parties[0])),
            outcome => Assert.Equal(Applied, outcome));
        pool.At(0, pool.Propose(new Resolution()));
        pool.At(BallotChain.Notice);
        Assert.Equal(new BallotCount(2, 7_000 + GovernanceRules.MaxCapacityWh, 0, 0, 0, 0), pool.StandingOf(Ballot(pool)).Count);
    }

    [Fact]
    public void Electorate_OfSeveralPages_VotesAsOne()
    {
        var pool = new BallotChain(parties: 600);
        pool.At(0, pool.Propose(new Resolution()));
        var voters = new[] { 0, 255, 256, 511, 512, 599 };
        Assert.All(pool.At(100, [.. voters.Select(i => pool.Vote(pool.Parties[i], Ballot(pool)))]), outcome => Assert.Equal(Applied, outcome));
        Assert.Equal(new BallotCount(600, 600, 6, 6, 0, 0), pool.StandingOf(Ballot(pool)).Count);
        var keys = pool.Chain.State.Map.Count;
        pool.At(BallotChain.Deadline);
        Assert.Equal(BallotDecision.RejectedQuorum, pool.StandingOf(Ballot(pool)).Decision);
        Assert.Equal(keys - 4, pool.Chain.State.Map.Count);
    }

    /// <summary>A chain that stood still over opening, deadline and effect goes through all of them in its next block, with nobody's vote.</summary>
    [Fact]
    public void Ballot_ChainStoodStillOverItsTimes_IsRejected()
    {
        var pool = new BallotChain();
        var ballot = pool.Propose(new Resolution());
        pool.At(0, ballot);
        Assert.Equal([RefusedClosed], pool.At(BallotChain.Effect + 10, pool.Vote(pool.Parties[0], ballot)));
        Assert.Equal(BallotPhase.Rejected, pool.StandingOf(ballot).Phase);
        Assert.Equal([typeof(BallotOpening), typeof(BallotTally)], pool.Rows.Select(row => row.GetType()));
    }

    /// <summary>Ballots keep the rules under which they were proposed.</summary>
    [Fact]
    public void Rules_ChangedByBallot_HoldForLaterProposals()
    {
        var pool = new BallotChain();
        var strict = new GovernanceRules { MinNoticeSeconds = 0, QuorumPpm = 1_000_000, Weights = WeightMode.PerMember };
        var pending = pool.Propose(new Resolution(), notice: 800, deadline: 2_000, effect: 2_000);
        pool.At(-1, pending);
        var standing = pool.Decide(new GovernanceChange(strict), [.. pool.Parties.Select(party => ((Core.Crypto.ISigner)party, BallotChoice.Yes))]);
        Assert.Equal(Applied, standing.Effect);
        Assert.Equal(strict, pool.Chain.State.Governance.Rules);
        Assert.Equal(WeightMode.PerParty, pool.Chain.State.Governance.Find(pending.Content)!.Terms.Rule.Weights);
    }

    private static BlockTime At(BallotChain pool, long seconds) => new((pool.Zero + seconds) * 1_000);

    private static OpenedEntry Ballot(BallotChain pool) => pool.Proposed;
}
