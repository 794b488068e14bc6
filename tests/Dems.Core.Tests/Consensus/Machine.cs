using Dems.Core.Consensus;
using Dems.Core.Ledger;
using Xunit;

namespace Dems.Core.Tests.Consensus;

/// <summary>Drives one machine by hand: what each input gave is in <see cref="Last"/>, all of it in <see cref="All"/>.</summary>
internal sealed class Machine(HeightState state)
{
    public HeightState State { get; private set; } = state;

    public IReadOnlyList<ConsensusEffect> Last { get; private set; } = [];

    public List<ConsensusEffect> All { get; } = [];

    /// <summary>Validator 3 of 4: proposes in round 3 only, so that rounds 0 to 2 are led by others.</summary>
    public static Machine Started(int? self = 3, int validators = 4) => new Machine(Given.State(self, validators)).Start();

    public Machine Start() => Give(new ConsensusInput.Start(Given.Now));

    public Machine Give(ConsensusInput input)
    {
        var step = Tendermint.Step(State, input);
        State = step.State;
        Last = step.Effects;
        All.AddRange(step.Effects);
        return this;
    }

    public Machine Proposal(int round, Block block, int validRound = -1, BlockTime? now = null) =>
        Give(new ConsensusInput.ProposalReceived(Given.Proposal(round, block, validRound, State.Validators.Count), now ?? Given.Now));

    public Machine Checked(Block block, bool valid = true) => Give(new ConsensusInput.BlockChecked(Given.HashOf(block), valid));

    public Machine Vote(Vote vote) => Give(new ConsensusInput.VoteReceived(vote));

    public Machine Prevotes(int round, Block? block, params int[] validators) => Votes(VoteType.Prevote, round, block, validators);

    public Machine Precommits(int round, Block? block, params int[] validators) => Votes(VoteType.Precommit, round, block, validators);

    public Machine Elapsed(RoundStep step, int round) => Give(new ConsensusInput.TimeoutElapsed(step, round));

    /// <summary>Effects of one kind since the machine was made.</summary>
    public IReadOnlyList<T> Every<T>()
        where T : ConsensusEffect => [.. All.OfType<T>()];

    /// <summary>The one vote of this type and round that was asked to be signed.</summary>
    public Vote Signed(VoteType type, int round) => Assert.Single(SignedVotes(type, round));

    public IReadOnlyList<Vote> SignedVotes(VoteType type, int round) =>
        [.. Every<ConsensusEffect.SignVote>().Select(effect => effect.Unsigned).Where(vote => vote.Type == type && vote.Round == round)];

    private Machine Votes(VoteType type, int round, Block? block, int[] validators)
    {
        var effects = new List<ConsensusEffect>();
        foreach (var validator in validators)
        {
            effects.AddRange(Vote(Given.Vote(type, validator, round, block)).Last);
        }

        Last = effects;
        return this;
    }
}
