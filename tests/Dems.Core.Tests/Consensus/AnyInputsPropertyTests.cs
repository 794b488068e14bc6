using CsCheck;
using Dems.Core.Consensus;
using Dems.Core.Ledger;
using Xunit;

namespace Dems.Core.Tests.Consensus;

/// <summary>
/// One validator among arbitrary others, however many of them lie: whatever it is given and whenever it crashes, no two of its messages that
/// left conflict, and none goes against its lock. A message leaves once row and message are durable; a crash loses all else.
/// </summary>
public sealed class AnyInputsPropertyTests
{
    private const int Self = 2;

    [Fact]
    public void AnyInputsAndRestarts_NeverSignTwiceOrAgainstTheLock() =>
        Gen.Int.NonNegative.Sample(Run, iter: TestScale.Times(400));

    private static void Run(int seed)
    {
        var random = new Random(seed);
        var state = Given.State(Self);
        SafetySnapshot? row = null;
        var pending = new Queue<ConsensusEffect>();
        var own = new List<ConsensusInput>();
        var left = new Dictionary<(int Round, VoteType? Type), (BlockHash Block, int ValidRound)>();
        var prevotes = new HashSet<(int Round, BlockHash Block, int Voter)>();
        (int Round, BlockHash Block) locked = (-1, default);
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
            if (input is ConsensusInput.VoteReceived { Vote: { Type: VoteType.Prevote } vote })
            {
                prevotes.Add((vote.Round, vote.Block, vote.Validator));
            }

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
                    CheckLock(sign.Unsigned);
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

        // Lines 23, 29 and 36, told from outside: what was shown to the machine must justify what it signs.
        void CheckLock(Vote vote)
        {
            if (vote.IsNil)
            {
                return;
            }

            if (vote.Type == VoteType.Precommit)
            {
                Assert.True(HasQuorum(vote.Round, vote.Block), $"seed {seed}: precommit of round {vote.Round} without a quorum");
                locked = (vote.Round, vote.Block);
            }
            else if (locked.Round >= 0 && vote.Block != locked.Block)
            {
                var justified = Enumerable.Range(locked.Round, vote.Round - locked.Round).Any(round => HasQuorum(round, vote.Block));
                Assert.True(justified, $"seed {seed}: prevote of round {vote.Round} against the lock of round {locked.Round}");
            }
        }

        bool HasQuorum(int round, BlockHash block) => prevotes.Count(vote => vote.Round == round && vote.Block == block) >= 3;

        void Leave((int, VoteType?) key, (BlockHash, int) content, SafetySnapshot safety, ConsensusInput message)
        {
            Assert.True(left.TryAdd(key, content), $"seed {seed}: signed twice for {key}");
            row = safety;
            own.Add(message);
            Give(message);
        }
    }

    // Rounds near the machine's, two blocks of each round and two that are proposed again and again, any voter but itself.
    private static ConsensusInput AnyInput(Random random, HeightState state)
    {
        var round = Math.Max(0, state.Round + random.Next(-2, 3));
        var proposer = state.Validators.ProposerOf(state.Height, round);
        var voter = (Self + random.Next(1, 4)) % 4;
        var validRound = round == 0 ? -1 : random.Next(-1, round);
        var content = random.Next(2);
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
