using CsCheck;
using Dems.Core.Consensus;
using Dems.Core.Ledger;
using Xunit;

namespace Dems.Core.Tests.Consensus;

/// <summary>
/// One validator among arbitrary others, however many of them lie: whatever it is given and whenever it crashes, no two of its messages that
/// left conflict. A message leaves once row and message are durable; a crash loses all else.
/// </summary>
public sealed class SignOncePropertyTests
{
    private const int Self = 2;

    [Fact]
    public void AnyInputsAndRestarts_NeverSignTwice() =>
        Gen.Int.NonNegative.Sample(Run, iter: TestScale.Times(400));

    private static void Run(int seed)
    {
        var random = new Random(seed);
        var state = Given.State(Self);
        SafetySnapshot? row = null;
        var pending = new Queue<ConsensusEffect>();
        var own = new List<ConsensusInput>();
        var left = new Dictionary<(int Round, VoteType? Type), (BlockHash Block, int ValidRound)>();
        Give(new ConsensusInput.Start(Given.Now));
        for (var i = 0; i < 400; i++)
        {
            switch (random.Next(20))
            {
                case 0 when random.Next(3) == 0:
                    Restart();
                    break;
                case < 8 when pending.TryDequeue(out var effect):
                    CarryOut(effect);
                    break;
                default:
                    Give(AnyInput(random, state));
                    break;
            }
        }

        void Give(ConsensusInput input)
        {
            var step = Tendermint.Step(state, input);
            state = step.State;
            foreach (var effect in step.Effects)
            {
                pending.Enqueue(effect);
            }
        }

        void Restart()
        {
            pending.Clear();
            state = row is null
                ? Given.State(Self)
                : HeightState.Restore(Given.Chain, Given.Height, Given.Validators(), Self, new ConsensusTimeouts(), row);
            if (random.Next(2) == 0)
            {
                own.ForEach(Give);
            }

            Give(new ConsensusInput.Start(Given.Now));
        }

        void CarryOut(ConsensusEffect effect)
        {
            switch (effect)
            {
                case ConsensusEffect.SignVote sign:
                    Leave((sign.Unsigned.Round, sign.Unsigned.Type), (sign.Unsigned.Block, -1), sign.Safety, new ConsensusInput.VoteReceived(sign.Unsigned));
                    break;
                case ConsensusEffect.SignProposal sign:
                    Leave(
                        (sign.Unsigned.Round, null), (sign.Unsigned.BlockHash, sign.Unsigned.ValidRound), sign.Safety,
                        new ConsensusInput.ProposalReceived(sign.Unsigned, Given.Now));
                    break;
                case ConsensusEffect.RequestBlock request:
                    var block = Given.Block(request.Round, Self, content: random.Next(1_000));
                    Give(new ConsensusInput.OwnBlockReady(request.Round, block, Given.HashOf(block)));
                    break;
                default:
                    break;
            }
        }

        void Leave((int, VoteType?) key, (BlockHash, int) content, SafetySnapshot safety, ConsensusInput message)
        {
            Assert.True(left.TryAdd(key, content), $"seed {seed}: signed twice for {key}");
            row = safety;
            own.Add(message);
            Give(message);
        }
    }

    // Rounds near the machine's, three blocks, any voter but itself.
    private static ConsensusInput AnyInput(Random random, HeightState state)
    {
        var round = Math.Max(0, state.Round + random.Next(-2, 3));
        var proposer = state.Validators.ProposerOf(state.Height, round);
        var voter = (Self + random.Next(1, 4)) % 4;
        var validRound = round == 0 ? -1 : random.Next(-1, round);
        var content = random.Next(3);
        var block = Given.Block(validRound < 0 ? round : 0, validRound < 0 ? proposer : 0, content);
        return random.Next(8) switch
        {
            0 or 1 when proposer != Self => new ConsensusInput.ProposalReceived(Given.Proposal(round, block, validRound), Given.Now),
            2 => new ConsensusInput.BlockChecked(Given.HashOf(block), Valid: true),
            3 => new ConsensusInput.TimeoutElapsed((RoundStep)random.Next(1, 4), round),
            4 => new ConsensusInput.VoteReceived(Given.Prevote(voter, round, null)),
            5 => new ConsensusInput.VoteReceived(Given.Precommit(voter, round, null)),
            _ => new ConsensusInput.VoteReceived(Given.Prevote(voter, round, block)),
        };
    }
}
