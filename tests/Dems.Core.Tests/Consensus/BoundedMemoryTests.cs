using Dems.Core.Consensus;
using Xunit;

namespace Dems.Core.Tests.Consensus;

/// <summary>However many rounds a height takes and whatever a validator sends, what is held is bounded, and progress needs nothing else.</summary>
public sealed class BoundedMemoryTests
{
    [Fact]
    public void FutureRounds_OfOneValidator_AreHeldUpToTheBound()
    {
        var machine = Machine.Started();
        for (var round = 1; round <= 500; round++)
        {
            machine.Prevotes(round, null, 1).Precommits(round, null, 1);
        }

        Assert.Equal(2 * HeightState.FutureRoundsPerValidator, machine.State.AllVotes().Count);
        Assert.All(machine.State.AllVotes(), vote => Assert.True(vote.Round > 500 - HeightState.FutureRoundsPerValidator));
        Assert.Equal(0, machine.State.Round);
    }

    [Fact]
    public void FutureProposals_OfOneValidator_AreHeldUpToTheBound()
    {
        var machine = Machine.Started();
        for (var round = 1; round <= 401; round += 4)
        {
            machine.Proposal(round, Given.Block(round, proposer: 1));
        }

        Assert.Equal(HeightState.FutureRoundsPerValidator, machine.State.AllProposals().Count);
        Assert.Equal(HeightState.FutureRoundsPerValidator, machine.State.Blocks.Count);
    }

    [Fact]
    public void FutureRounds_BeyondTheBound_StillLeadToTheirRound()
    {
        // A liar fills its window far away; a correct one runs ahead alone; the second correct one takes us to where both were.
        var machine = Machine.Started();
        for (var round = 1; round <= 50; round++)
        {
            machine.Prevotes(1_000 + round, null, 0).Prevotes(round, null, 1);
        }

        Assert.Equal(50, machine.State.Round);
        Assert.NotNull(machine.State.VoteOf(1, 50, VoteType.Prevote));
    }

    [Fact]
    public void FutureRounds_OlderThanTheWindow_GiveWayToNewer()
    {
        var machine = Machine.Started().Prevotes(9, null, 1).Prevotes(8, null, 1).Prevotes(7, null, 1).Prevotes(6, null, 1).Prevotes(3, null, 1).Prevotes(10, null, 1);

        Assert.Equal([7, 8, 9, 10], machine.State.AllVotes().Select(vote => vote.Round));
    }

    [Fact]
    public void PastRounds_AreForgottenExceptTheValidRound()
    {
        var valid = Given.Block(round: 2, proposer: 2, content: 1);
        var machine = Machine.Started();
        for (var round = 0; round < 300; round++)
        {
            if (round == 2)
            {
                machine.Proposal(2, valid).Checked(valid).Prevotes(2, valid, 0, 1, 2);
            }

            machine.Precommits(round, null, 0, 1, 2).Elapsed(RoundStep.Precommit, round);
        }

        int[] rounds = [.. machine.State.AllVotes().Select(vote => vote.Round).Distinct()];
        Assert.Equal([2, .. Enumerable.Range(300 - HeightState.PastRounds, HeightState.PastRounds)], rounds);
        Assert.Same(valid, machine.State.ValidBlock);
    }

    [Fact]
    public void PastRounds_Forgotten_AreHeldAgainWhenAProposalRefersToThem()
    {
        var old = Given.Block(round: 0, proposer: 0, content: 1);
        var machine = Machine.Started();
        for (var round = 0; round < 200; round++)
        {
            machine.Precommits(round, null, 0, 1, 2).Elapsed(RoundStep.Precommit, round);
        }

        machine.Prevotes(0, old, 0, 1, 2);
        Assert.DoesNotContain(machine.State.AllVotes(), vote => vote.Round == 0);

        machine.Proposal(200, old, validRound: 0).Checked(old).Prevotes(0, old, 0, 1, 2);
        Assert.Equal(Given.HashOf(old), machine.Signed(VoteType.Prevote, 200).Block);
    }
}
