using Dems.Core.Consensus;
using Dems.Replication.Machine;
using Dems.Replication.Protocol;
using Xunit;

namespace Dems.Replication.Tests.Machine;

public sealed class InvalidDecisionTests
{
    /// <summary>The rules are broken somewhere, here or at a quorum: the validator says so and does nothing any more, rather than fail again and again.</summary>
    [Fact]
    public void Quorum_ForABlockThatIsInvalidHere_StopsTheValidatorForGood()
    {
        var member = new StartOfMember();
        for (var peer = 1; peer <= 3; peer++)
        {
            member.Answer(peer, head: 0, proof: null);
        }

        var proposal = member.ProposalOfAnEmptyBlock();
        member.Hear(proposal.Proposer, new PeerMessage.BlockProposed(proposal));
        member.Hear(1, Precommit(1));
        member.Hear(2, Precommit(2));
        var stop = Assert.IsType<ReplicaEffect.Stop>(Assert.Single(member.Hear(3, Precommit(3))));

        Assert.True(stop.ForGood);
        Assert.Contains(proposal.BlockHash.ToString(), stop.Reason, StringComparison.Ordinal);
        Assert.Empty(member.Hear(1, new PeerMessage.VotesWanted(7)));

        PeerMessage Precommit(int signer) => new PeerMessage.VoteCast(member.Vote(signer, 1, VoteType.Precommit, proposal.BlockHash));
    }
}
