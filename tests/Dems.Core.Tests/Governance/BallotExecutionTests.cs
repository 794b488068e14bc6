using Dems.Core.Energy;
using Dems.Core.Governance;
using Dems.Core.Governance.Payloads;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Entries;
using Dems.Core.Tests.Ledger.Execution;
using Xunit;
using static Dems.Core.Ledger.Execution.EntryOutcome;

namespace Dems.Core.Tests.Governance;

public sealed class BallotExecutionTests
{
    private static readonly Resolution Words = new();

    [Fact]
    public void Proposal_OfMemberOrParty_IsTaken()
    {
        var pool = new BallotChain();
        Assert.Equal([Applied, Applied], pool.At(0, pool.Propose(Words), pool.Propose(Words, pool.Parties[1])));
        Assert.Equal(2, pool.Chain.State.Governance.NewestFirst().Count());
    }

    [Fact]
    public void Proposal_OfAnyOtherKey_IsRefused()
    {
        var chain = TestChain.WithNode();
        var proposal = new BallotProposal(Words, "Text", 86_400, Samples.Midnight + 200_000, Samples.Midnight + 300_000);
        Assert.Equal([RefusedNotAllowed, RefusedNotAllowed], chain.Execute(chain.Sign(proposal, chain.NodeKey), chain.Sign(proposal, chain.Gateway)));
    }

    [Fact]
    public void Proposal_OfRetiredParty_IsRefused()
    {
        var pool = new BallotChain();
        var retirement = new Retirement(RetirementSubject.Party, NodeAddress.Of(pool.Parties[0].PublicKey), default, 0);
        Assert.Equal([Applied, RefusedNotAllowed], pool.At(0, pool.Chain.Sign(retirement, pool.Parties[0]), pool.Propose(Words, pool.Parties[0])));
    }

    [Theory]
    [InlineData(BallotChain.Notice - 1, BallotChain.Deadline)]
    [InlineData(BallotChain.Notice, BallotChain.Notice)]
    [InlineData(BallotChain.Notice, BallotChain.Notice + BallotTimes.MaxSpanSeconds + 1)]
    public void Proposal_NoticeTooShortOrDeadlineOutOfRange_IsRefused(int notice, long deadline)
    {
        var pool = new BallotChain();
        Assert.Equal([RefusedSchedule], pool.At(0, pool.Propose(Words, notice: notice, deadline: deadline, effect: deadline)));
        Assert.Empty(pool.Chain.State.Governance.NewestFirst());
        Assert.Null(pool.Chain.State.NextDue);
    }

    [Theory]
    [InlineData(BallotChain.Notice + 1)]
    [InlineData(BallotChain.Notice + BallotTimes.MaxSpanSeconds)]
    public void Proposal_DeadlineAtItsBounds_IsTaken(long deadline)
    {
        var pool = new BallotChain();
        Assert.Equal([Applied], pool.At(0, pool.Propose(Words, deadline: deadline, effect: deadline)));
    }

    [Fact]
    public void Proposal_BeyondTheProposersLimit_IsRefusedUntilOneEnds()
    {
        var pool = new BallotChain();
        OpenedEntry[] Many(int count) => [.. Enumerable.Range(0, count).Select(_ => pool.Propose(Words, pool.Parties[0]))];
        Assert.Equal([Applied, Applied, Applied, Applied, RefusedBallotLimit], pool.At(0, Many(GovernanceRules.MaxPerProposer + 1)));
        pool.At(BallotChain.Notice);
        pool.At(BallotChain.Deadline);
        Assert.Equal([Applied], pool.At(BallotChain.Deadline + 1, pool.Propose(Words, pool.Parties[0], deadline: 5_000, effect: 5_000)));
    }

    [Fact]
    public void Proposal_PoolFullOfThoseOfParties_LeavesRoomForMembers()
    {
        var pool = new BallotChain(new GovernanceRules { MinNoticeSeconds = 0, MaxOpenBallots = 2 });
        Assert.Equal(
            [Applied, Applied, Applied, RefusedBallotLimit, Applied],
            pool.At(
                0,
                pool.Propose(Words, pool.Chain.Members[1]),
                pool.Propose(Words, pool.Parties[0]),
                pool.Propose(Words, pool.Parties[1]),
                pool.Propose(Words, pool.Parties[2]),
                pool.Propose(Words, pool.Chain.Members[0])));
    }

    [Fact]
    public void Vote_OfElector_IsCountedOnce()
    {
        var (pool, ballot) = Opened();
        Assert.Equal([Applied, RefusedAlreadyVoted, RefusedAlreadyVoted], pool.At(
            BallotChain.Notice + 1, pool.Vote(pool.Parties[0], ballot), pool.Vote(pool.Parties[0], ballot, BallotChoice.No), pool.Vote(pool.Parties[0], ballot)));
        Assert.Equal(new BallotCount(3, 3, 1, 1, 0, 0), pool.StandingOf(ballot).Count);
        Assert.Equal((1L, BallotChoice.Yes), pool.Chain.State.Governance.FindElector(ballot.Content, NodeAddress.Of(pool.Parties[0].PublicKey)));
    }

    [Fact]
    public void Vote_OnUnknownBallot_IsRefused()
    {
        var (pool, ballot) = Opened();
        Assert.Equal([RefusedUnknownBallot], pool.At(100, pool.Chain.Sign(new BallotVote(new ContentId(ballot.Leaf.Value), BallotChoice.Yes), pool.Parties[0])));
    }

    [Fact]
    public void Vote_BeforeTheOpening_IsRefused()
    {
        var pool = new BallotChain();
        var ballot = pool.Propose(Words);
        Assert.Equal([Applied, RefusedNotOpen], pool.At(0, ballot, pool.Vote(pool.Parties[0], ballot)));
        Assert.Equal([RefusedNotOpen], pool.At(BallotChain.Notice - 1, pool.Vote(pool.Parties[0], ballot)));
        Assert.Equal([Applied], pool.At(BallotChain.Notice, pool.Vote(pool.Parties[0], ballot)));
    }

    [Fact]
    public void Vote_AtTheDeadline_IsRefusedAndNotCounted()
    {
        var (pool, ballot) = Opened();
        Assert.Equal([Applied], pool.At(BallotChain.Deadline - 1, pool.Vote(pool.Parties[0], ballot)));
        Assert.Equal([RefusedClosed], pool.At(BallotChain.Deadline, pool.Vote(pool.Parties[1], ballot)));
        Assert.Equal(1, pool.StandingOf(ballot).Count.Voters);
    }

    [Fact]
    public void Vote_OfWhoeverIsNoElector_IsRefused()
    {
        var (pool, ballot) = Opened();
        var late = pool.NewParty();
        Assert.Equal(
            [Applied, RefusedNotElector, RefusedNotElector],
            pool.At(100, late, pool.Vote(pool.Parties[3], ballot), pool.Vote(pool.Chain.Members[0], ballot)));
    }

    [Fact]
    public void Vote_OfPartyRetiredAfterTheOpening_StillCounts()
    {
        var (pool, ballot) = Opened();
        var party = NodeAddress.Of(pool.Parties[0].PublicKey);
        var retirement = pool.Chain.Sign(new Retirement(RetirementSubject.Party, party, default, 0), pool.Parties[0]);
        Assert.Equal([Applied, Applied], pool.At(100, retirement, pool.Vote(pool.Parties[0], ballot)));
        Assert.Equal(3, pool.StandingOf(ballot).Count.Total);
    }

    [Fact]
    public void Vote_WithARotatedKey_IsThePartysAndCountsOnce()
    {
        var (pool, ballot) = Opened();
        var newKey = new KeyedHashSigner("party 0 again");
        var rotation = Dems.Core.Ledger.Encoding.EntryBuilder.KeyRotation(pool.Chain.Chain, newKey, pool.Parties[0].PublicKey);
        Assert.Equal(
            [Applied, Applied, Applied, RefusedAlreadyVoted],
            pool.At(100, pool.NewNode(0, "AT1"), pool.Vote(pool.Parties[0], ballot), pool.Chain.Sign(rotation, pool.Parties[0]), pool.Vote(newKey, ballot)));
    }

    [Fact]
    public void Members_VoteWhereMembersDecide_PartiesDoNot()
    {
        var pool = new BallotChain();
        var ballot = pool.Propose(new ProtocolActivation(2));
        pool.At(0, ballot);
        Assert.Equal([RefusedNotElector, Applied], pool.At(100, pool.Vote(pool.Parties[0], ballot), pool.Vote(pool.Chain.Members[2], ballot)));
        Assert.Equal(new BallotCount(4, 4, 1, 1, 0, 0), pool.StandingOf(ballot).Count);
    }

    private static (BallotChain Pool, OpenedEntry Ballot) Opened()
    {
        var pool = new BallotChain();
        var ballot = pool.Propose(Words);
        pool.At(0, ballot);
        pool.At(BallotChain.Notice);
        return (pool, ballot);
    }
}
