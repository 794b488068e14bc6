using Dems.Core.Consensus;
using Dems.Core.Ledger;

namespace Dems.Core.Tests.Consensus;

/// <summary>
/// Some of four validators, driven by a script; who is missing is a liar or down. Bodies are at hand: checks are answered at once, own blocks made at
/// once. Messages go where the script lets them.
/// </summary>
internal sealed class Quartet
{
    private readonly Dictionary<int, Machine> _machines;
    private readonly Queue<(int From, ConsensusEffect Effect)> _effects = [];

    public Quartet(params int[] honest) => _machines = honest.ToDictionary(index => index, index => new Machine(Given.State(index)));

    /// <summary>Whether a message of a validator reaches another one. An own message always comes back.</summary>
    public Func<int, int, ConsensusInput, bool> Reaches { get; set; } = (_, _, _) => true;

    public Machine this[int validator] => _machines[validator];

    public Block? DecisionOf(int validator) => this[validator].Every<ConsensusEffect.Decide>().SingleOrDefault()?.Block;

    public void Start()
    {
        foreach (var index in _machines.Keys.Order())
        {
            Give(index, new ConsensusInput.Start(Given.Now));
        }

        Settle();
    }

    /// <summary>A liar's message, to some.</summary>
    public void Lie(ConsensusInput message, params int[] to)
    {
        foreach (var index in to)
        {
            Give(index, message);
        }

        Settle();
    }

    /// <summary>A timeout, at all validators: those not waiting for it ignore it.</summary>
    public void Elapse(RoundStep step, int round)
    {
        foreach (var index in _machines.Keys.Order())
        {
            Give(index, new ConsensusInput.TimeoutElapsed(step, round));
        }

        Settle();
    }

    /// <summary>All three timeouts of a round, in order.</summary>
    public void ElapseRound(int round)
    {
        Elapse(RoundStep.Propose, round);
        Elapse(RoundStep.Prevote, round);
        Elapse(RoundStep.Precommit, round);
    }

    /// <summary>All that each one holds goes to all, as replicas do while stuck.</summary>
    public void Retransmit()
    {
        foreach (var from in _machines.Keys.Order())
        {
            ConsensusInput[] held =
            [
                .. this[from].State.AllProposals().Select(proposal => new ConsensusInput.ProposalReceived(proposal, Given.Now)),
                .. this[from].State.AllVotes().Select(vote => new ConsensusInput.VoteReceived(vote)),
            ];
            foreach (var message in held)
            {
                Send(from, message);
            }
        }

        Settle();
    }

    private void Settle()
    {
        while (_effects.TryDequeue(out var next))
        {
            switch (next.Effect)
            {
                case ConsensusEffect.RequestBlock request:
                    var block = Given.Block(request.Round, next.From, content: 100 + request.Round);
                    Give(next.From, new ConsensusInput.OwnBlockReady(request.Round, block, Given.HashOf(block)));
                    break;
                case ConsensusEffect.CheckBlock check:
                    Give(next.From, new ConsensusInput.BlockChecked(check.Proposal.BlockHash, Valid: true));
                    break;
                case ConsensusEffect.SignProposal sign:
                    Send(next.From, new ConsensusInput.ProposalReceived(sign.Unsigned with { Signature = Given.Signature(next.From) }, Given.Now));
                    break;
                case ConsensusEffect.SignVote sign:
                    Send(next.From, new ConsensusInput.VoteReceived(sign.Unsigned with { Signature = Given.Signature(next.From) }));
                    break;
                default:
                    break;
            }
        }
    }

    private void Send(int from, ConsensusInput message)
    {
        foreach (var to in _machines.Keys.Order().Where(to => to == from || Reaches(from, to, message)))
        {
            Give(to, message);
        }
    }

    private void Give(int to, ConsensusInput input)
    {
        foreach (var effect in _machines[to].Give(input).Last)
        {
            _effects.Enqueue((to, effect));
        }
    }
}
