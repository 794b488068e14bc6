using Dems.Core.Consensus;
using Xunit;

namespace Dems.Core.Tests.Consensus;

/// <summary>The paper's rules where nothing goes wrong.</summary>
public sealed class TendermintTests
{
    [Fact]
    public void Height_QuorumsForAValidProposal_Decides()
    {
        var block = Given.Block(round: 0, proposer: 0);
        var machine = Machine.Started().Proposal(0, block).Checked(block);
        Assert.Equal(Given.HashOf(block), machine.Signed(VoteType.Prevote, 0).Block);

        machine.Prevotes(0, block, 0, 1, 3);
        Assert.Equal(Given.HashOf(block), machine.Signed(VoteType.Precommit, 0).Block);
        Assert.Equal((0, 0), (machine.State.LockedRound, machine.State.ValidRound));

        machine.Precommits(0, block, 3, 1, 0);
        var decision = Assert.Single(machine.Every<ConsensusEffect.Decide>());
        Assert.Same(block, decision.Block);
        Assert.Equal([0, 1, 3], decision.Certificate.Signatures.Select(signature => signature.Validator));
        Assert.True(machine.State.Decided);
    }

    [Fact]
    public void Height_OneValidator_DecidesAlone()
    {
        var block = Given.Block(round: 0, proposer: 0);
        var machine = Machine.Started(self: 0, validators: 1);
        Assert.Equal(0, Assert.Single(machine.Every<ConsensusEffect.RequestBlock>()).Round);

        machine.Give(new ConsensusInput.OwnBlockReady(0, block, Given.HashOf(block)));
        Assert.Equal(Given.HashOf(block), Assert.Single(machine.Every<ConsensusEffect.SignProposal>()).Unsigned.BlockHash);

        machine.Proposal(0, block).Prevotes(0, block, 0).Precommits(0, block, 0);
        Assert.Same(block, Assert.Single(machine.Every<ConsensusEffect.Decide>()).Block);
        Assert.Empty(machine.Every<ConsensusEffect.CheckBlock>());
    }
}
