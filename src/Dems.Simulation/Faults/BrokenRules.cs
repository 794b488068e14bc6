using Dems.Core.Consensus;

namespace Dems.Simulation.Faults;

/// <summary>The rules of consensus, with the one broken that a mutation names.</summary>
internal static class BrokenRules
{
    public static Func<HeightState, ConsensusInput, ConsensusStep> Of(Mutation mutation) => mutation switch
    {
        Mutation.IgnoreLock => (state, input) => Tendermint.Step(state with { LockedRound = -1, LockedBlock = default }, input),
        Mutation.PrevoteWithoutBodies => BelieveEveryBlock,
        Mutation.ClockOnReproposals => AskTheClockAgain,
        _ => Tendermint.Step,
    };

    /// <summary>Every check of a block is answered at once, and with yes.</summary>
    private static ConsensusStep BelieveEveryBlock(HeightState state, ConsensusInput input)
    {
        var effects = new List<ConsensusEffect>();
        var inputs = new Queue<ConsensusInput>([input]);
        while (inputs.TryDequeue(out var next))
        {
            var step = Tendermint.Step(state, next);
            state = step.State;
            foreach (var effect in step.Effects)
            {
                effects.Add(effect);
                if (effect is ConsensusEffect.CheckBlock check)
                {
                    inputs.Enqueue(new ConsensusInput.BlockChecked(check.Proposal.BlockHash, Valid: true));
                }
            }
        }

        return new ConsensusStep(state, effects);
    }

    /// <summary>A re-proposal whose time is far from the clock is refused on receipt, as a fresh proposal is.</summary>
    private static ConsensusStep AskTheClockAgain(HeightState state, ConsensusInput input)
    {
        if (input is ConsensusInput.ProposalReceived { Proposal: { ValidRound: >= 0 } proposal, Now: var now }
            && !state.Decided
            && ProposalRules.IsWellFormed(state, proposal)
            && state.MessagesOf(proposal.Round).Proposal is null
            && Math.Abs(proposal.Block.Header.Time.UnixMilliseconds - now.UnixMilliseconds) > state.Timeouts.ClockBoundOf(proposal.Round))
        {
            var known = state.BlockOf(proposal.BlockHash) ?? new KnownBlock(proposal.Block, proposal, BlockStatus.Unchecked);
            state = state
                .WithMessages(proposal.Round, state.MessagesOf(proposal.Round) with { Proposal = proposal, ProposalRefused = true })
                .WithBlock(proposal.BlockHash, known with { Block = known.Block ?? proposal.Block, Source = known.Source ?? proposal });
        }

        return Tendermint.Step(state, input);
    }
}
