using Dems.Core.Consensus;
using Dems.Core.Ledger;

namespace Dems.Core.Tests.Consensus.Network;

/// <summary>A Byzantine validator: proposes and votes for anything that is known, differently to different members, in rounds around theirs.</summary>
internal sealed class Liar(int index, ValidatorSet validators, Oracle oracle, Bus bus, Random random)
{
    public void Act(int highestRound)
    {
        var round = random.Next(highestRound + 3);
        if (validators.ProposerOf(Given.Height, round) == index && random.Next(2) == 0)
        {
            Propose(round);
        }
        else
        {
            Vote(round);
        }
    }

    private void Propose(int round)
    {
        var again = round > 0 && bus.Blocks.Count > 0 && random.Next(2) == 0;
        var block = again ? Known() : Given.Block(round, index, content: 5 * bus.NextContent() + random.Next(5), time: Given.Now.Plus(random.Next(-3_000, 3_000)));
        var proposal = KeyedHash.Signed(
            new Proposal(Given.Chain, Given.Height, round, again ? random.Next(round) : -1, block, Given.HashOf(block), index, default), validators);
        bus.Blocks[proposal.BlockHash] = block;
        oracle.Lied(proposal);
        SendToSome(new ConsensusInput.ProposalReceived(proposal, Given.Now));
    }

    private void Vote(int round)
    {
        var type = random.Next(2) == 0 ? VoteType.Prevote : VoteType.Precommit;
        var block = bus.Blocks.Count == 0 || random.Next(4) == 0 ? null : Known();
        var vote = KeyedHash.Signed(Given.Vote(type, index, round, block), validators);
        oracle.Lied(vote);
        SendToSome(new ConsensusInput.VoteReceived(vote));
    }

    // The latest blocks are those that honest members vote on; insertion order makes the choice repeatable.
    private Block Known() => bus.Blocks.Values.Reverse().ElementAt(random.Next(Math.Min(3, bus.Blocks.Count)));

    private void SendToSome(ConsensusInput message)
    {
        for (var to = 0; to < validators.Count; to++)
        {
            if (random.Next(2) == 0)
            {
                bus.Send(to, message);
            }
        }
    }
}
