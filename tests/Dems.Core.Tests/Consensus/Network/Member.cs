using Dems.Core.Consensus;
using Dems.Core.Ledger;

namespace Dems.Core.Tests.Consensus.Network;

/// <summary>
/// One honest member: carries out effects, one at a time, as a replica would. The row and the own messages survive a crash; the machine, the
/// effects not yet carried out and the timers do not.
/// </summary>
internal sealed class Member
{
    private readonly int _index;
    private readonly ValidatorSet _validators;
    private readonly Oracle _oracle;
    private readonly Bus _bus;
    private readonly Queue<ConsensusEffect> _effects = [];
    private readonly List<ConsensusInput> _ownMessages = [];
    private SafetySnapshot? _row;

    public Member(int index, ValidatorSet validators, Oracle oracle, Bus bus)
    {
        _index = index;
        _validators = validators;
        _oracle = oracle;
        _bus = bus;
        State = HeightState.Create(Given.Chain, Given.Height, validators, index, new ConsensusTimeouts());
    }

    public HeightState State { get; private set; }

    /// <summary>Timeouts running, with the virtual time in ms at which they are due.</summary>
    public List<(long Due, RoundStep Step, int Round)> Timers { get; } = [];

    /// <summary>What was signed and made durable here.</summary>
    public IReadOnlyList<ConsensusInput> OwnMessages => _ownMessages;

    /// <summary>Answers owed to the machine: about bodies, the own block, the own messages once they are durable.</summary>
    public List<ConsensusInput> Answers { get; } = [];

    public bool IsIdle => _effects.Count == 0 && Answers.Count == 0;

    /// <summary>Validity is a function of the block alone: every fifth content is bad.</summary>
    public static bool IsValid(Block block) => block.Header.TreeSize % 5 != 4;

    public void Give(ConsensusInput input)
    {
        var step = Tendermint.Step(State, input);
        State = step.State;
        foreach (var effect in step.Effects)
        {
            _effects.Enqueue(effect);
        }
    }

    /// <summary>Loses what is in memory. The own messages come back before the start, after it, or with the next retransmission.</summary>
    public void Restart(Random random)
    {
        _effects.Clear();
        Timers.Clear();
        Answers.Clear();
        State = _row is null
            ? HeightState.Create(Given.Chain, Given.Height, _validators, _index, new ConsensusTimeouts())
            : HeightState.Restore(Given.Chain, Given.Height, _validators, _index, new ConsensusTimeouts(), _row);
        var when = random.Next(3);
        if (when == 0)
        {
            _ownMessages.ForEach(Give);
        }

        Give(new ConsensusInput.Start(Given.Now));
        if (when == 1)
        {
            _ownMessages.ForEach(Give);
        }
    }

    /// <summary>Carries out the oldest effect; false if there is none.</summary>
    public bool CarryOut()
    {
        if (!_effects.TryDequeue(out var effect))
        {
            return false;
        }

        switch (effect)
        {
            case ConsensusEffect.RequestBlock request:
                var own = Given.Block(request.Round, _index, content: 5 * _bus.NextContent());
                _oracle.Held(_index, Given.HashOf(own));
                Answers.Add(new ConsensusInput.OwnBlockReady(request.Round, own, Given.HashOf(own)));
                break;
            case ConsensusEffect.CheckBlock check:
                Answers.Add(new ConsensusInput.BlockChecked(check.Proposal.BlockHash, IsValid(check.Proposal.Block)));
                break;
            case ConsensusEffect.FetchDecided fetch:
                var block = _bus.Blocks[fetch.Certificate.Block];
                Answers.Add(new ConsensusInput.BlockFetched(block, fetch.Certificate.Block));
                Answers.Add(new ConsensusInput.BlockChecked(fetch.Certificate.Block, IsValid(block)));
                break;
            case ConsensusEffect.SignProposal sign:
                var proposal = KeyedHash.Signed(sign.Unsigned, _validators);
                _oracle.Signed(proposal, sign.Safety);
                _bus.Blocks[proposal.BlockHash] = proposal.Block;
                Publish(new ConsensusInput.ProposalReceived(proposal, Given.Now), sign.Safety);
                break;
            case ConsensusEffect.SignVote sign:
                var vote = KeyedHash.Signed(sign.Unsigned, _validators);
                _oracle.Signed(vote, sign.Safety);
                Publish(new ConsensusInput.VoteReceived(vote), sign.Safety);
                break;
            case ConsensusEffect.StartTimeout timeout:
                Timers.Add((_bus.Time + timeout.Milliseconds, timeout.Step, timeout.Round));
                break;
            case ConsensusEffect.Decide decide:
                _oracle.Decided(_index, decide.Block, decide.Certificate);
                break;
            case ConsensusEffect.ReportEvidence report:
                Oracle.Require(EvidenceRules.TryVerify(report.Evidence, Given.Chain, _validators, new KeyedHash(), out var error), $"false evidence: {error}");
                Oracle.Require(_bus.Liars.Contains(report.Evidence.Validator), $"evidence against the honest {report.Evidence.Validator}");
                break;
            default:
                throw new InvalidOperationException($"An effect that nobody carries out: {effect}.");
        }

        return true;
    }

    /// <summary>Gives any one of the answers owed, if there are.</summary>
    public void AnswerAny(Random random)
    {
        if (Answers.Count > 0)
        {
            Answer(random.Next(Answers.Count));
        }
    }

    /// <summary>Gives one of the answers owed to the machine, bodies becoming durable first.</summary>
    public void Answer(int index)
    {
        var answer = Answers[index];
        Answers.RemoveAt(index);
        if (answer is ConsensusInput.BlockChecked { Valid: true } check)
        {
            _oracle.Held(_index, check.Block);
        }

        Give(answer);
    }

    // The row and the message are one transaction; then it leaves, and comes back.
    private void Publish(ConsensusInput message, SafetySnapshot safety)
    {
        _row = safety;
        _ownMessages.Add(message);
        Answers.Add(message);
        for (var to = 0; to < _validators.Count; to++)
        {
            if (to != _index)
            {
                _bus.Send(to, message);
            }
        }
    }
}
