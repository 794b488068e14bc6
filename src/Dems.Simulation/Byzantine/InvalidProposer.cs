using Dems.Core;
using Dems.Core.Consensus;
using Dems.Core.Ledger;
using Dems.Replication.Ports;
using Dems.Replication.Protocol;

namespace Dems.Simulation.Byzantine;

/// <summary>Proposes blocks that break one rule each, calls them re-proposals or decided, and sends bodies that do not open.</summary>
internal sealed class InvalidProposer(ByzantineContext context) : ByzantineBehaviour(context)
{
    private readonly Dictionary<(Height, int), Proposal> _made = [];
    private readonly List<LeafHash> _ordered = [];

    public override IEnumerable<PeerMessage> Outgoing(int to, PeerMessage message)
    {
        if (message is not PeerMessage.BlockProposed { Proposal: var proposal } || !IsOwn(message))
        {
            return [message];
        }

        if (!_made.TryGetValue((proposal.Height, proposal.Round), out var broken))
        {
            _made[(proposal.Height, proposal.Round)] = broken = Context.Random.Chance(800) ? Break(proposal) : proposal;
        }

        return Context.Random.Chance(100)
            ? [new PeerMessage.BlockProposed(broken), new PeerMessage.BlockDecided(Decided(broken), [])]
            : [new PeerMessage.BlockProposed(broken)];
    }

    public override void Incoming(PeerFrame frame)
    {
        foreach (var decided in frame.Messages.OfType<PeerMessage.BlockDecided>())
        {
            _ordered.AddRange(decided.Block.Block.Leaves);
        }
    }

    public override void Tick()
    {
        if (Context.Random.Chance(100))
        {
            Context.SendToAll(new PeerMessage.EntriesSent([new byte[] { 1, 2, 3, (byte)Context.Random.Below(4) }], WantPromise: true));
        }
    }

    private Proposal Break(Proposal proposal)
    {
        var (block, header) = (proposal.Block, proposal.Block.Header);
        var wrong = Hash32.Of([(byte)Context.Random.Below(256)]);
        return Context.Random.Below(10) switch
        {
            0 => Signed(proposal, block with { Header = header with { StateRoot = wrong } }, proposal.ValidRound),
            1 => Signed(proposal, block with { Header = header with { TreeRoot = wrong } }, proposal.ValidRound),
            2 => Signed(proposal, block with { Header = header with { Previous = new BlockHash(wrong) } }, proposal.ValidRound),
            3 => Signed(proposal, block with { Header = header with { Time = header.Time.Plus(Context.Random.Between(-100_000, 100_000)) } }, proposal.ValidRound),
            4 => Signed(proposal, block with { Header = header with { Proposer = (header.Proposer + 1) % Context.Identity.MemberCount } }, proposal.ValidRound),
            5 => WithLeaves(proposal, [.. block.Leaves, new LeafHash(wrong)]),
            6 => WithLeaves(proposal, [.. block.Leaves, LeafHash.Of([1, 2, 3, (byte)Context.Random.Below(4)])]),
            7 => WithLeaves(proposal, [.. block.Leaves, .. block.Leaves.Take(1)]),
            8 => WithLeaves(proposal, [.. block.Leaves, .. _ordered.Take(1)]),
            _ => Signed(proposal, block, proposal.Round - 1),
        };
    }

    private Proposal WithLeaves(Proposal proposal, IReadOnlyList<LeafHash> leaves)
    {
        if (Context.Replica.Standing is not { } standing)
        {
            return proposal;
        }

        var frontier = standing.Tip.Frontier.AppendAll(leaves.Select(l => l.Value));
        var header = proposal.Block.Header with { TreeSize = frontier.Size, TreeRoot = frontier.Root };
        return Signed(proposal, new Block(header, leaves), proposal.ValidRound);
    }

    private DecidedBlock Decided(Proposal proposal)
    {
        var own = Signed(proposal.Height, proposal.Round, VoteType.Precommit, proposal.BlockHash);
        CommitSignature[] signatures = [.. Enumerable.Range(0, Context.Identity.MemberCount).Select(i => new CommitSignature(i, own.Signature))];
        return new DecidedBlock(
            proposal.Block, proposal.BlockHash, new CommitCertificate(proposal.Chain, proposal.Height, proposal.Round, proposal.BlockHash, signatures));
    }
}
