using Dems.Core.Consensus;
using Dems.Core.Ledger;
using Dems.Replication.Machine;
using Dems.Replication.Ports;
using Dems.Replication.Protocol;
using Xunit;

namespace Dems.Replication.Tests.Machine;

public sealed class StartGuardTests
{
    [Fact]
    public void Start_PeersAtTheSameHeight_Signs()
    {
        var member = new StartOfMember();
        Assert.False(member.HasSigned);
        AnswerAll(member, head: 0, proof: null);
        Prompt(member);
        Assert.True(member.HasSigned);
    }

    /// <summary>A message for a decided height counts for nobody, so that nobody would remember it after a rollback: such a message must not be signed.</summary>
    [Fact]
    public void Start_HeightDecidedElsewhere_IsNotSignedAt()
    {
        var member = new StartOfMember();
        AnswerAll(member, head: 5, member.Certificate(5));
        Prompt(member);
        Assert.False(member.HasSigned);
    }

    /// <summary>
    /// Who holds its vote back because a height is decided must be able to decide it too, whatever becomes of the peer that proved it: the proof itself is told to
    /// all who are stuck there, and the block is asked of everybody.
    /// </summary>
    [Fact]
    public void Start_NextHeightDecidedElsewhere_TakesTheProofAndPassesItOn()
    {
        var member = new StartOfMember();
        var proof = member.Certificate(1);
        member.Answer(1, 1, proof);
        member.Answer(2, 0, proof: null);
        var effects = member.Answer(3, 0, proof: null);

        Assert.Contains(effects, e => e is ReplicaEffect.Broadcast { Message: PeerMessage.BlocksWanted { From.Value: 1 } });
        var told = member.Hear(2, new PeerMessage.Standing(Height.Genesis, 0, Stuck: true)).OfType<ReplicaEffect.Send>()
            .Select(send => send.Message).OfType<PeerMessage.VoteCast>().Select(cast => cast.Vote);
        Assert.Equal([1, 2, 3], told.Where(v => v.Type == VoteType.Precommit && v.Block == proof.Block).Select(v => v.Validator));
        Prompt(member);
        Assert.False(member.HasSigned);
    }

    [Fact]
    public void Start_HeightSaidButNotProvenToBeDecided_DoesNotHoldItBack()
    {
        var member = new StartOfMember();
        AnswerAll(member, head: 5, proof: null);
        Prompt(member);
        Assert.True(member.HasSigned);
    }

    /// <summary>Votes that come too late to count still tell how far their author signed.</summary>
    [Theory]
    [InlineData(9)]
    [InlineData(900)]
    public void Vote_ForAHeightThatIsNotOpenHere_IsRemembered(long height)
    {
        var member = new StartOfMember();
        member.Hear(3, new PeerMessage.VoteCast(member.Vote(3, height, VoteType.Precommit)));
        Assert.Equal(new SafetyPosition(new Height(height), 0, 3), member.SeenOf(3));
        member.Hear(3, new PeerMessage.VoteCast(member.Vote(3, height - 1)));
        Assert.Equal(new SafetyPosition(new Height(height), 0, 3), member.SeenOf(3));
    }

    [Fact]
    public void Vote_PassedOnOrForged_SaysNothingOfTheSender()
    {
        var member = new StartOfMember();
        member.Hear(2, new PeerMessage.VoteCast(member.Vote(3, 9)));
        member.Hear(3, new PeerMessage.VoteCast(member.Vote(3, 9) with { Height = new Height(10) }));
        Assert.Equal(default, member.SeenOf(2));
        Assert.Equal(default, member.SeenOf(3));
    }

    private static void AnswerAll(StartOfMember member, long head, CommitCertificate? proof)
    {
        for (var peer = 1; peer <= 3; peer++)
        {
            member.Answer(peer, head, proof);
        }
    }

    /// <summary>Gives the member every reason to sign at its next height: there is an entry to order, the others vote, and the time for a proposal is over.</summary>
    private static void Prompt(StartOfMember member)
    {
        for (var peer = 1; peer <= 3; peer++)
        {
            member.Hear(peer, new PeerMessage.VoteCast(member.Vote(peer, 1)));
        }

        member.FireTimeouts();
    }
}
